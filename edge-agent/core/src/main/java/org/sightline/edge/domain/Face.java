package org.sightline.edge.domain;

/**
 * A face found in one picture.
 *
 * @param box in the picture's own pixel space, whatever size the detector searched at
 * @param score the detector's confidence, in [0, 1]
 */
public record Face(BoxPx box, Landmarks landmarks, float score) {
  /** Whether all of it is numbers, and the box has a size. */
  public boolean isFinite() {
    return Float.isFinite(score)
        && Float.isFinite(box.x() + box.y() + box.right() + box.bottom())
        && box.width() > 0
        && box.height() > 0
        && landmarks.inOrder().stream().allMatch(point -> Float.isFinite(point.x() + point.y()));
  }

  /** The same face in a pixel space that begins so much further left and up. */
  public Face moved(int right, int down) {
    return new Face(
        new BoxPx(box.x() + right, box.y() + down, box.width(), box.height()),
        new Landmarks(
            moved(landmarks.rightEye(), right, down),
            moved(landmarks.leftEye(), right, down),
            moved(landmarks.noseTip(), right, down),
            moved(landmarks.rightMouth(), right, down),
            moved(landmarks.leftMouth(), right, down)),
        score);
  }

  private static PointPx moved(PointPx point, int right, int down) {
    return new PointPx(point.x() + right, point.y() + down);
  }
}
