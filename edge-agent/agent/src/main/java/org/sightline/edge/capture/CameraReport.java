package org.sightline.edge.capture;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.jspecify.annotations.Nullable;

/**
 * What a probe measured.
 *
 * @param source the address without credentials
 * @param kilobitsPerSecond encoded
 */
public record CameraReport(
    String source,
    @JsonUnwrapped Stream stream,
    @JsonUnwrapped Pace pace,
    @JsonUnwrapped Counts counts,
    @JsonUnwrapped Timing timing,
    double kilobitsPerSecond,
    @JsonUnwrapped Look look) {
  /**
   * What the video is.
   *
   * @param codec FFmpeg's name of the encoding
   */
  public record Stream(String codec, int widthPx, int heightPx) {}

  /**
   * How many frames a second.
   *
   * @param nominalFramesPerSecond as the stream declares; 0 when it does not
   * @param framesPerSecond measured: of a camera by arrival, of a clip by its own times
   */
  public record Pace(double nominalFramesPerSecond, double framesPerSecond) {}

  /**
   * What came, and how often the camera was opened again.
   *
   * @param sizeChanges frames of another size than the one before
   */
  public record Counts(long frames, long framesBroken, long reconnects, long sizeChanges) {}

  /**
   * When it came.
   *
   * @param firstFrameMillis from opening to the first frame
   * @param jitterMillis standard deviation of the time from one frame to the next
   * @param keyPictureSeconds from one picture that can be decoded by itself to the next, at most;
   *     null if a second one did not come
   */
  public record Timing(
      double firstFrameMillis, double jitterMillis, @Nullable Double keyPictureSeconds) {}

  /**
   * How the newest frame that was looked at looks.
   *
   * @param meanLuma brightness, in [0, 255]
   * @param sharpness variance of the Laplacian of the brightness; for comparing focus on one scene
   */
  public record Look(double meanLuma, double sharpness) {}
}
