package org.sightline.edge.capture.ffmpeg;

import static org.bytedeco.ffmpeg.global.avdevice.avdevice_register_all;
import static org.bytedeco.ffmpeg.global.avformat.av_find_input_format;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.avformat.AVInputFormat;
import org.sightline.edge.capture.CaptureException;

/**
 * A camera on this machine. Drivers answer a wish with the nearest mode they have, so the wishes
 * are made from the largest down, MJPEG before uncompressed, and the first that gives at least 15
 * frames a second is taken; failing all, whatever the driver gives unasked.
 */
record V4l2Camera(String device, Decoding decoding) implements LiveSource.Camera {
  /** As many as Linux itself follows. */
  private static final int MOST_LINKS = 40;

  private static final double SLOWEST_FRAMES_PER_SECOND = 15;

  private static final List<String> SIZES =
      List.of("3840x2160", "2560x1440", "1920x1080", "1280x720", "640x480");

  /**
   * Whether a path is that of a camera: {@code /dev/video...}, a lasting name of it below {@code
   * /dev/v4l}, or a link to either, even while the camera is away.
   */
  static boolean isNamedBy(String source) {
    try {
      Path path = Path.of(source).normalize();
      for (int links = 0; links < MOST_LINKS; links++) {
        if (path.startsWith("/dev/v4l") || path.toString().startsWith("/dev/video")) {
          return true;
        }
        if (!Files.isSymbolicLink(path)) {
          return false;
        }
        path = path.resolveSibling(Files.readSymbolicLink(path)).normalize();
      }
      return false;
    } catch (InvalidPathException | IOException e) {
      return false;
    }
  }

  /** Whether the device is there and this user may use it, without opening it. */
  static void requireUsable(String source, String where) throws CaptureException {
    Path device = Path.of(source);
    if (!Files.exists(device)) {
      throw new CaptureException(
          "there is no such device", where, "plug it in; see: ls -l /dev/v4l/by-id", null);
    }
    if (!Files.isReadable(device) || !Files.isWritable(device)) {
      throw new CaptureException(
          "this user may not use the device", where, "add the user to the group video", null);
    }
  }

  @Override
  public LiveSource.Connection connect(Interrupt interrupt) throws OpenFailure {
    AVInputFormat v4l2 = v4l2();
    for (String encoding : List.of("mjpeg", "yuyv422")) {
      for (String size : SIZES) {
        Map<String, String> wish =
            Map.of("input_format", encoding, "video_size", size, "framerate", "30");
        try {
          Media media = open(v4l2, wish, interrupt);
          double rate = media.nominalFramesPerSecond();
          if (rate == 0 || rate >= SLOWEST_FRAMES_PER_SECOND) {
            return connection(media);
          }
          media.close();
        } catch (OpenFailure failure) {
          if (failure.kind() == OpenFailure.Kind.CLOSED) {
            throw failure;
          }
          // An encoding the driver does not have; the last attempt below shows what is wrong.
        }
      }
    }
    return connection(open(v4l2, Map.of(), interrupt));
  }

  private static LiveSource.Connection connection(Media media) {
    return new LiveSource.Connection(media, null);
  }

  private Media open(AVInputFormat v4l2, Map<String, String> wish, Interrupt interrupt)
      throws OpenFailure {
    return Media.open(new Media.Request(device, v4l2, wish, true), interrupt, decoding);
  }

  private static AVInputFormat v4l2() throws OpenFailure {
    try {
      avdevice_register_all();
      return av_find_input_format("v4l2");
    } catch (LinkageError e) {
      throw new OpenFailure(
          OpenFailure.Kind.UNREACHABLE,
          "FFmpeg's device library cannot be loaded",
          "install libxcb1, libxcb-shm0, libasound2 and libpulse0");
    }
  }
}
