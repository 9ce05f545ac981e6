package org.sightline.edge.capture.ffmpeg;

import java.nio.file.Path;
import org.sightline.edge.capture.CameraAddress;
import org.sightline.edge.capture.CameraInquiry;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.MeasuredSource;

/** Which kind of source an address means. */
public final class FfmpegSources {
  private FfmpegSources() {}

  /** As {@link org.sightline.edge.capture.FrameSources#open(CameraSettings, int)}. */
  public static MeasuredSource open(CameraSettings settings, int decoderThreads)
      throws CaptureException {
    String source = settings.source();
    Decoding decoding = Decoding.of(settings, decoderThreads);
    if (CameraAddress.isRtsp(source)) {
      return new LiveSource(settings, rtsp(settings, decoding));
    }
    if (isLive(source)) {
      return new LiveSource(settings, new V4l2Camera(source, decoding));
    }
    if (source.contains("://")) {
      throw new CaptureException(
          "this kind of address is not supported",
          settings.describe(),
          "give a file, rtsp://, rtsps://, /dev/video0 or /dev/v4l/by-id/...",
          null);
    }
    return FileSource.open(settings, decoding);
  }

  private static RtspCamera rtsp(CameraSettings settings, Decoding decoding)
      throws CaptureException {
    CameraAddress address = address(settings);
    Path caFile = settings.access().caFile();
    if (caFile != null) {
      CameraSocket.requireAuthorities(caFile);
    }
    return new RtspCamera(address, CameraLogin.of(settings, address), caFile, decoding);
  }

  /** As {@link org.sightline.edge.capture.CameraInquiry#ask}. */
  public static CameraInquiry.Answer ask(CameraSettings settings) throws CaptureException {
    String where = "camera " + settings.id() + " at " + settings.describe();
    if (!CameraAddress.isRtsp(settings.source())) {
      V4l2Camera.requireUsable(settings.source(), where);
      return new CameraInquiry.Answer("the device is there", true);
    }
    RtspCamera camera = rtsp(settings, Decoding.of(settings, 1));
    try {
      return RtspInquiry.ask(camera.address(), camera.login(), camera.caFile());
    } catch (OpenFailure failure) {
      throw failure.at(where);
    }
  }

  private static CameraAddress address(CameraSettings settings) throws CaptureException {
    try {
      return CameraAddress.of(settings.source());
    } catch (IllegalArgumentException e) {
      throw new CaptureException(
          "this is not an address of a camera",
          "camera " + settings.id() + " at " + settings.describe(),
          String.valueOf(e.getMessage()),
          null);
    }
  }

  /** Whether a source is a camera, not a clip. */
  public static boolean isLive(String source) {
    return CameraAddress.isRtsp(source) || V4l2Camera.isNamedBy(source);
  }
}
