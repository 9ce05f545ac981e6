package org.sightline.edge.capture.ffmpeg;

import static org.bytedeco.ffmpeg.global.avformat.AVPROBE_PADDING_SIZE;
import static org.bytedeco.ffmpeg.global.avformat.AVPROBE_SCORE_RETRY;
import static org.bytedeco.ffmpeg.global.avformat.av_probe_input_format2;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.bytedeco.ffmpeg.avformat.AVProbeData;
import org.bytedeco.javacpp.BytePointer;
import org.jspecify.annotations.Nullable;

/**
 * What FFmpeg takes a file for by how it begins.
 *
 * @param names as FFmpeg calls it, with commas between several
 * @param description for people
 */
record Container(String names, String description) {
  private static final int BEGINNING_BYTES = 1 << 16;

  /** Null if it is nothing that is known, or may as well be something else. */
  static @Nullable Container of(Path file) {
    byte[] beginning;
    try (InputStream in = Files.newInputStream(file)) {
      beginning = in.readNBytes(BEGINNING_BYTES);
    } catch (IOException e) {
      return null;
    }
    try (BytePointer bytes =
            new BytePointer(Arrays.copyOf(beginning, beginning.length + AVPROBE_PADDING_SIZE));
        AVProbeData data = new AVProbeData()) {
      data.buf(bytes).buf_size(beginning.length);
      AVInputFormat format = av_probe_input_format2(data, 1, new int[] {AVPROBE_SCORE_RETRY});
      return format == null || format.isNull()
          ? null
          : new Container(format.name().getString(), format.long_name().getString());
    }
  }

  /** Whether one of its names is in a list of FFmpeg's. */
  boolean isOneOf(String containers) {
    List<String> listed = List.of(containers.split(","));
    return Arrays.stream(names.split(",")).anyMatch(listed::contains);
  }
}
