package org.sightline.edge.capture.ffmpeg;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A clip. Its frames bear their position in the clip; when it is looped the time keeps rising. At
 * real-time pace a frame is handed out when it is due, or at once if it is late. A gap in its
 * times, or a fall back, as of two recordings joined, is passed over and logged once.
 */
final class FileSource extends FfmpegSource {
  /**
   * Containers that are read: FFmpeg itself would take nearly any text for a picture, and lists of
   * other files, or of addresses, for a clip.
   */
  private static final String CONTAINERS =
      "mov,matroska,avi,gif,mpegts,mpeg,mpegvideo,m4v,h264,hevc,mjpeg,flv,asf,ogg,ivf,yuv4mpegpipe,nut,"
          + "dhav";

  /** More time than this with no frame that lasts so long is no time in front of the camera. */
  private static final long LONGEST_GAP_NANOS = Duration.ofSeconds(5).toNanos();

  private static final Logger LOG = LoggerFactory.getLogger(FileSource.class);

  private final String file;
  private final String shown;
  private final CameraSettings.Pace pace;
  private final boolean loop;
  private final Decoding decoding;
  private @Nullable Media media;
  private long bytesBefore;
  private long framesOfThisRun;

  /** Added to the clip's own clock: less its beginning, and plus the rounds before. */
  private long offsetNanos;

  private long lastNanos = -1;
  private long endNanos;
  private long dueBaseNanos;
  private boolean jumpLogged;

  private FileSource(CameraSettings settings, Decoding decoding) {
    super(settings.id(), new Interrupt());
    this.file = settings.source();
    this.shown = settings.describe();
    this.pace = settings.pace();
    this.loop = settings.loop();
    this.decoding = decoding;
  }

  /** Opens the clip at once, so that an unusable one is reported early. */
  static FileSource open(CameraSettings settings, Decoding decoding) throws CaptureException {
    FileSource source = new FileSource(settings, decoding);
    try {
      source.requireContent();
      Media media = source.openMedia();
      source.media = media;
      source.requireEnd(media);
      if (media.videos() > 1) {
        LOG.warn(
            "{}: it has {} video streams; the largest is read, of several as large the default one",
            source.shown,
            media.videos());
      }
    } catch (CaptureException failure) {
      source.close();
      throw failure;
    }
    source.connected(true);
    return source;
  }

  private Media openMedia() throws CaptureException {
    Map<String, String> options =
        Map.of("format_whitelist", CONTAINERS, "protocol_whitelist", "file");
    try {
      return Media.open(
          new Media.Request("file:" + file, null, options, false), interrupt(), decoding);
    } catch (OpenFailure failure) {
      throw refused(Path.of(file), failure);
    }
  }

  private CaptureException refused(Path path, OpenFailure failure) {
    NotAVideo known = NotAVideo.of(path);
    if (known != null) {
      return new CaptureException(known.what(), shown, known.remedy(), null);
    }
    Container container = Container.of(path);
    return container == null || container.isOneOf(CONTAINERS)
        ? unusable("this is not a video that can be read: " + failure.getMessage())
        : new CaptureException(
            "files of this kind are not supported: " + container.description(),
            shown,
            "convert it to .mp4 or .mkv",
            null);
  }

  private CaptureException unusable(String what) {
    return new CaptureException(
        what, shown, "give a whole clip such as .mp4, .mkv, .avi or .gif that plays", null);
  }

  private void requireContent() throws CaptureException {
    Path path = Path.of(file);
    if (!Files.exists(path)) {
      throw new CaptureException("no such file", shown, "check the path", null);
    }
    if (Files.isDirectory(path)) {
      throw unusable("this is a folder and not a file");
    }
    if (!Files.isRegularFile(path)) {
      throw new CaptureException(
          "this is neither a clip nor a camera" + leadsTo(path),
          shown,
          "give a clip, or a camera as /dev/video0 or by its name in /dev/v4l/by-id",
          null);
    }
    if (!Files.isReadable(path)) {
      throw new CaptureException(
          "not readable", shown, "give this user the right to read it", null);
    }
    if (path.toFile().length() == 0) {
      throw unusable("this file is empty");
    }
  }

  private static String leadsTo(Path path) {
    try {
      return Files.isSymbolicLink(path) ? ", it leads to " + path.toRealPath() : "";
    } catch (IOException e) {
      return "";
    }
  }

  private void requireEnd(Media open) throws CaptureException {
    try {
      if (open.isCutShort(file)) {
        throw new CaptureException("the clip is cut short", shown, "copy it again", null);
      }
    } catch (IOException failure) {
      throw new CaptureException("not readable", shown, "copy it again", failure);
    }
  }

  @Override
  @Nullable Moment advance(AVFrame frame) throws CaptureException, InterruptedException {
    while (media != null) {
      switch (media.next(frame)) {
        case FRAME -> {
          return moment(media, frame);
        }
        case ARRIVED -> {}
        case BROKEN -> countBroken();
        case NOTHING_YET, INTERRUPTED -> {
          return null;
        }
        case END -> end(media);
      }
    }
    return null;
  }

  private @Nullable Moment moment(Media open, AVFrame frame) throws InterruptedException {
    describe(open, frame, bytesBefore);
    long position = open.positionNanos(frame, endNanos - offsetNanos);
    if (framesOfThisRun++ == 0) {
      Long start = open.startNanos();
      offsetNanos = endNanos - (start == null ? position : Math.min(start, position));
    }
    long jumpNanos = position + offsetNanos - endNanos;
    if (Math.abs(jumpNanos) > LONGEST_GAP_NANOS) {
      offsetNanos -= jumpNanos;
      logJump(jumpNanos);
    }
    // A clip whose own times stand still or fall back a little continues at its nominal rate.
    long streamNanos = position + offsetNanos;
    if (streamNanos <= lastNanos) {
      streamNanos = Math.max(endNanos, lastNanos + 1);
    }
    lastNanos = streamNanos;
    endNanos = streamNanos + open.durationNanos(frame);
    if (pace == CameraSettings.Pace.REALTIME && waitUntilDue(streamNanos)) {
      return null;
    }
    return new Moment(streamNanos, System.nanoTime());
  }

  private void logJump(long jumpNanos) {
    if (!jumpLogged) {
      jumpLogged = true;
      LOG.warn(
          "{}: its times jump by {} s at {} s; this jump and later ones are ignored",
          shown,
          Math.round(jumpNanos / 1e9),
          Math.round(endNanos / 1e9));
    }
  }

  private boolean waitUntilDue(long streamNanos) throws InterruptedException {
    long now = System.nanoTime();
    if (statistics().framesRead() == 0) {
      dueBaseNanos = now - streamNanos;
    }
    return interrupt().sleep(dueBaseNanos + streamNanos - now);
  }

  private void end(Media ended) throws CaptureException {
    bytesBefore += ended.bytesRead();
    media = null;
    ended.close();
    if (framesOfThisRun == 0) {
      connected(false);
      throw unusable("no picture of this video can be decoded");
    }
    framesOfThisRun = 0;
    if (loop) {
      media = openMedia();
    } else {
      connected(false);
    }
  }

  @Override
  void release() {
    if (media != null) {
      media.close();
      media = null;
    }
  }

  @Override
  public @Nullable CaptureException trouble() {
    return null;
  }
}
