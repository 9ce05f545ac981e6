package org.sightline.edge.capture;

import org.sightline.edge.capture.ffmpeg.FfmpegSources;

/** Opens the source that a camera's settings name. */
public final class FrameSources {
  /** Decoder threads of one camera: enough for 1080p, few enough to leave the cores to faces. */
  public static final int DEFAULT_DECODER_THREADS = 2;

  private FrameSources() {}

  /** As {@link #open(CameraSettings, int)}, with {@value #DEFAULT_DECODER_THREADS} threads. */
  public static MeasuredSource open(CameraSettings settings) throws CaptureException {
    return open(settings, DEFAULT_DECODER_THREADS);
  }

  /**
   * Opens a clip, or begins to reach for a camera: a camera that is away is not a failure, its
   * frames come when it is there.
   *
   * @param decoderThreads at least 1
   * @throws CaptureException if a clip is missing, cut short or holds no video, or if an address,
   *     password file or authority file cannot be used
   */
  public static MeasuredSource open(CameraSettings settings, int decoderThreads)
      throws CaptureException {
    return FfmpegSources.open(settings, decoderThreads);
  }

  /** Whether a source is a camera, not a clip. */
  public static boolean isLive(String source) {
    return FfmpegSources.isLive(source);
  }
}
