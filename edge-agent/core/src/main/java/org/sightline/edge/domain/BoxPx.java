package org.sightline.edge.domain;

/** An upright box in the pixel space of the picture it was found in; may reach past its edges. */
public record BoxPx(float x, float y, float width, float height) {
  public float right() {
    return x + width;
  }

  public float bottom() {
    return y + height;
  }

  public float centreX() {
    return x + width / 2;
  }

  public float centreY() {
    return y + height / 2;
  }

  public float area() {
    return Math.max(0, width) * Math.max(0, height);
  }

  /** The same box in a pixel space of other steps. */
  public BoxPx scaled(float by) {
    return new BoxPx(by * x, by * y, by * width, by * height);
  }

  /** Share of the box that lies within a picture of this size, in [0, 1]; 0 of an empty box. */
  public double shareWithin(int widthPx, int heightPx) {
    float w = Math.min(right(), widthPx) - Math.max(x, 0);
    float h = Math.min(bottom(), heightPx) - Math.max(y, 0);
    return w > 0 && h > 0 ? Math.min(1, (double) w * h / area()) : 0;
  }

  /** Intersection over union with another box of the same pixel space, in [0, 1]. */
  public float overlapWith(BoxPx other) {
    float w = Math.min(right(), other.right()) - Math.max(x, other.x);
    float h = Math.min(bottom(), other.bottom()) - Math.max(y, other.y);
    if (w <= 0 || h <= 0) {
      return 0;
    }
    float shared = w * h;
    return shared / (area() + other.area() - shared);
  }
}
