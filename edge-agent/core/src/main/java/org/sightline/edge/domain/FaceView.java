package org.sightline.edge.domain;

/**
 * How a face stands in its picture: by it one picture is laid upon another and their difference in
 * size and sharpness is said. A description of the picture, never of the person.
 *
 * @param rightEye in the picture's own pixel space; the person's right, so it stands left in it
 * @param sharpness of the face, in [0, 1]
 */
public record FaceView(PointPx rightEye, PointPx leftEye, double sharpness) {
  /** No picture of a face is larger. */
  private static final float LARGEST_PX = 10_000;

  public FaceView {
    if (!isWithin(rightEye) || !isWithin(leftEye) || rightEye.distanceTo(leftEye) < 1) {
      throw new IllegalArgumentException("the eyes are two points of a picture");
    }
    if (!(sharpness >= 0 && sharpness <= 1)) {
      throw new IllegalArgumentException("a sharpness lies in 0 to 1");
    }
  }

  private static boolean isWithin(PointPx point) {
    return point.x() >= 0 && point.x() <= LARGEST_PX && point.y() >= 0 && point.y() <= LARGEST_PX;
  }
}
