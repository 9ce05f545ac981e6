package org.sightline.edge.capture;

import org.sightline.edge.capture.ffmpeg.FfmpegSources;

/** Asks a camera what it would send, without asking for a picture, which needs no authority. */
public final class CameraInquiry {
  private CameraInquiry() {}

  /**
   * Reaches a camera and logs in.
   *
   * @param settings of a camera, not of a clip
   * @return what it says of its video, fit for people
   * @throws CaptureException saying why it cannot be used, as far as that shows without pictures
   */
  public static String ask(CameraSettings settings) throws CaptureException {
    return FfmpegSources.ask(settings);
  }
}
