package org.sightline.edge.domain;

/** A point in the pixel space of the picture it was found in; (0, 0) is the top left corner. */
public record PointPx(float x, float y) {
  public double distanceTo(PointPx other) {
    return Math.hypot(x - other.x, y - other.y);
  }
}
