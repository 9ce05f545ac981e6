package org.sightline.edge.presentationattack;

import org.sightline.edge.domain.BoxPx;

/** How much around a face a network looks at. */
final class Surroundings {
  private Surroundings() {}

  /**
   * A box made larger about its centre. Where it would reach beyond the picture it is shifted into
   * it, and where the picture is too small for that it is made less large, as the networks' authors
   * do it: they never saw a border that was made up.
   *
   * @param scale wanted width and height over the face's
   * @return a box inside the picture with the face's proportions
   */
  static BoxPx of(BoxPx face, float scale, int widthPx, int heightPx) {
    float fitting =
        Math.min(scale, Math.min((widthPx - 1) / face.width(), (heightPx - 1) / face.height()));
    float width = fitting * face.width();
    float height = fitting * face.height();
    return new BoxPx(
        shifted(face.centreX() - width / 2, width, widthPx),
        shifted(face.centreY() - height / 2, height, heightPx),
        width,
        height);
  }

  private static float shifted(float start, float extent, int size) {
    return Math.max(0, Math.min(start, size - 1 - extent));
  }
}
