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
}
