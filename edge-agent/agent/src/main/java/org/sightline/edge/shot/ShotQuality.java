package org.sightline.edge.shot;

import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;

/**
 * How much a view of a face is worth for recognition, in [0, 1]: the product of its size, sharpness
 * and pose terms. A description of the view, never of the person.
 */
public record ShotQuality(double value) implements Comparable<ShotQuality> {
  /** Inter-eye distance from which more pixels no longer help a network of 112 to 128 px. */
  private static final double FULL_INTER_EYE_PX = 48;

  /** Sharpness, as measured by {@code imaging.Sharpness}, of a face in good focus. */
  private static final double FULL_SHARPNESS = 0.06;

  /**
   * Weighs size and pose, which cost nothing to know, and takes the view for sharp.
   *
   * @return the most that the view can be worth
   */
  public static ShotQuality bestCase(Face face) {
    return of(face, FULL_SHARPNESS);
  }

  /**
   * Weighs a view.
   *
   * @param sharpness of the face's luma, in [0, 1]
   */
  public static ShotQuality of(Face face, double sharpness) {
    double size = Math.min(1, face.landmarks().interEyeDistancePx() / FULL_INTER_EYE_PX);
    double focus = Math.min(1, sharpness / FULL_SHARPNESS);
    return new ShotQuality(size * (0.3 + 0.7 * focus) * frontality(face.landmarks()));
  }

  /**
   * 1 for a face that looks into the camera, falling towards 0 as it turns away: how far the nose
   * stands from the middle between the eyes, in units of the distance of the eyes.
   */
  public static double frontality(Landmarks landmarks) {
    double eyesX = landmarks.leftEye().x() - landmarks.rightEye().x();
    double eyesY = landmarks.leftEye().y() - landmarks.rightEye().y();
    double distance = Math.hypot(eyesX, eyesY);
    if (distance < 1e-3) {
      return 0;
    }
    double midX = (landmarks.leftEye().x() + landmarks.rightEye().x()) / 2;
    double midY = (landmarks.leftEye().y() + landmarks.rightEye().y()) / 2;
    double along =
        ((landmarks.noseTip().x() - midX) * eyesX + (landmarks.noseTip().y() - midY) * eyesY)
            / (distance * distance);
    return Math.max(0, 1 - 1.6 * Math.abs(along));
  }

  @Override
  public int compareTo(ShotQuality other) {
    return Double.compare(value, other.value);
  }
}
