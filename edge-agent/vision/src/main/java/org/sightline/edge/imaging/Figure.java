package org.sightline.edge.imaging;

import org.sightline.edge.domain.BoxPx;

/**
 * Where a standing person is in a picture, as far as the box of the face says: head, shoulders and
 * what is below them, in the proportions of people. What lies outside is somebody or something
 * else. In the pixel space of the box.
 *
 * @param face box of the face
 */
public record Figure(BoxPx face) {
  /** From the middle of the face to the edge of the body, in widths of the face. */
  private static final float HALF_BODY = 1.4f;

  /** Likewise to the edge of the head with its hair, hat or hood. */
  private static final float HALF_HEAD = 0.75f;

  /**
   * From the face's upper edge to the top of the head, in heights of the face. A high hat is cut,
   * which is better than to show who stands behind.
   */
  private static final float ABOVE = 0.45f;

  /** From the chin to the feet. */
  private static final float BELOW = 6.5f;

  /** From the chin to where the shoulders are as wide as the body. */
  private static final float SHOULDERS = 0.7f;

  /** All of it, in an upright box. */
  public BoxPx column() {
    float half = HALF_BODY * face.width();
    float top = face.y() - ABOVE * face.height();
    return new BoxPx(
        face.centreX() - half, top, 2 * half, face.bottom() + BELOW * face.height() - top);
  }

  /** The head, with what is worn on it. */
  public BoxPx head() {
    float half = HALF_HEAD * face.width();
    float top = face.y() - ABOVE * face.height();
    return new BoxPx(face.centreX() - half, top, 2 * half, face.bottom() - top);
  }

  /** Whether a point belongs to it. */
  public boolean contains(float x, float y) {
    float aside = Math.abs(x - face.centreX());
    if (y < face.bottom()) {
      BoxPx head = head();
      float dx = aside / (head.width() / 2);
      float dy = (y - head.centreY()) / (head.height() / 2);
      // Below its middle a head does not narrow as fast as an ellipse: there are hair and neck.
      return dy < 0 ? dx * dx + dy * dy <= 1 : dx <= 1;
    }
    float down = (y - face.bottom()) / face.height();
    float widening = Math.min(1, down / SHOULDERS);
    float half = (HALF_HEAD + (HALF_BODY - HALF_HEAD) * widening) * face.width();
    return down <= BELOW && aside <= half;
  }
}
