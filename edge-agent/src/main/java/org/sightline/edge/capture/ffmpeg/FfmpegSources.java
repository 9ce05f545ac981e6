package org.sightline.edge.capture.ffmpeg;

import java.nio.file.Path;
import java.util.Locale;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.config.CameraSettings;

/** Which kind of source an address means. */
public final class FfmpegSources {
  private FfmpegSources() {}

  /** As {@link org.sightline.edge.capture.FrameSources#open(CameraSettings, int)}. */
  public static MeasuredSource open(CameraSettings settings, int decoderThreads)
      throws CaptureException {
    String source = settings.source();
    Decoding decoding = Decoding.of(settings, decoderThreads);
    if (isRtsp(source)) {
      RtspAddress address = RtspAddress.of(settings);
      Path caFile = settings.caFile();
      if (caFile != null) {
        TlsRelay.requireAuthorities(caFile);
      }
      return new LiveSource(settings, new RtspCamera(address, caFile, decoding));
    }
    if (isLive(source)) {
      return new LiveSource(settings, new V4l2Camera(source, decoding));
    }
    if (source.contains("://")) {
      throw new CaptureException(
          "this kind of address is not read",
          settings.describe(),
          "give a file, rtsp://, rtsps:// or /dev/video0",
          null);
    }
    return FileSource.open(settings, decoding);
  }

  /** Whether a source is a camera, not a clip. */
  public static boolean isLive(String source) {
    return isRtsp(source) || source.startsWith("/dev/video");
  }

  private static boolean isRtsp(String source) {
    String lower = source.toLowerCase(Locale.ROOT);
    return lower.startsWith("rtsp://") || lower.startsWith("rtsps://");
  }
}
