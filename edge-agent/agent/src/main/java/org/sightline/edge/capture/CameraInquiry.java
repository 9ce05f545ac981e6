package org.sightline.edge.capture;

import org.sightline.edge.capture.ffmpeg.FfmpegSources;

/** Asks a camera what it would send, without asking for a picture, which needs no authority. */
public final class CameraInquiry {
  private CameraInquiry() {}

  /**
   * What a camera said.
   *
   * @param words of its video, fit for people
   * @param guarded whether it gives its video only to those who log in, or is no camera of a
   *     network
   */
  public record Answer(String words, boolean guarded) {}

  /**
   * Reaches a camera and logs in.
   *
   * @param settings of a camera, not of a clip
   * @throws CaptureException saying why it cannot be used, as far as that shows without pictures
   */
  public static Answer ask(CameraSettings settings) throws CaptureException {
    return FfmpegSources.ask(settings);
  }
}
