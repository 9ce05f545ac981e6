package org.sightline.edge.detect;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.ModelPack;

/**
 * How large pictures are searched. The search size follows from the smallest face that is of use,
 * and is kept within a budget, because time grows with the pixels searched.
 *
 * @param smallestFacePx height of the smallest useful face, in pixels of the picture; null for a
 *     {@value #SMALLEST_SHARE}th of the picture's height, which makes the search equally large at
 *     any resolution
 * @param maxSearchPixels the picture is shrunk until it has at most so many
 * @param ofCamera whether other frames show the same face, so that a doubtful one is worth keeping
 * @param compute what the detector computes with
 * @param score from which on a face is one, in [0, 1]; null for what the model pack says
 */
public record DetectionSettings(
    @Nullable Integer smallestFacePx,
    int maxSearchPixels,
    boolean ofCamera,
    Compute compute,
    @Nullable Float score) {
  /** Enlarging further shows a detector nothing new. */
  private static final double MAX_ENLARGEMENT = 2;

  private static final int SMALLEST_SHARE = 45;

  /** Most pixels of a frame that are searched. */
  private static final int FRAME_PIXELS = 1280 * 1280;

  public DetectionSettings {
    if ((smallestFacePx != null && smallestFacePx < 1) || maxSearchPixels < 64 * 64) {
      throw new IllegalArgumentException(
          "a search has a smallest face and 64 x 64 pixels at least");
    }
  }

  /** The same, with the score that the model pack says. */
  public DetectionSettings(
      @Nullable Integer smallestFacePx, int maxSearchPixels, boolean ofCamera, Compute compute) {
    this(smallestFacePx, maxSearchPixels, ofCamera, compute, null);
  }

  /** For the frames of a camera. */
  public static DetectionSettings frames(@Nullable Integer smallestFacePx, Compute compute) {
    return new DetectionSettings(smallestFacePx, FRAME_PIXELS, true, compute);
  }

  /** For portraits and other stills, where the face fills much of the picture. */
  public static DetectionSettings stills(Compute compute) {
    return new DetectionSettings(12, 640 * 640, false, compute);
  }

  /**
   * The factor from the picture's size to the size searched.
   *
   * @param detectablePx height of the smallest face that the detector finds, at the size searched
   */
  public double scale(int widthPx, int heightPx, int detectablePx) {
    double smallestPx =
        smallestFacePx == null ? (double) heightPx / SMALLEST_SHARE : smallestFacePx;
    double wanted = Math.min(MAX_ENLARGEMENT, detectablePx / smallestPx);
    return Math.min(wanted, Math.sqrt((double) maxSearchPixels / widthPx / heightPx));
  }

  /** The same as the detector of a pack has it, also where that searches at one size only. */
  public double scale(int widthPx, int heightPx, ModelPack.Detector detector) {
    Integer fixed = detector.fixedSidePx();
    return fixed == null
        ? scale(widthPx, heightPx, detector.smallestFacePx())
        : scaleInto(fixed, widthPx, heightPx);
  }

  /** The factor that makes a picture fill a square of fixed size. */
  private static double scaleInto(int sidePx, int widthPx, int heightPx) {
    return Math.min(MAX_ENLARGEMENT, (double) sidePx / Math.max(widthPx, heightPx));
  }
}
