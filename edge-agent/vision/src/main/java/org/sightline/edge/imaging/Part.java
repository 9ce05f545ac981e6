package org.sightline.edge.imaging;

import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Picture;

/**
 * What is searched of a picture, in place: no pixel is copied.
 *
 * @param left column of the picture at which the part begins, in pixels
 * @param top row of the picture at which the part begins, in pixels
 * @param pixels of the part, in a pixel space of its own that begins at its upper left corner
 */
public record Part(Picture whole, int left, int top, Picture pixels) {
  /** All of a picture. */
  public static Part all(Picture picture) {
    return new Part(picture, 0, 0, picture);
  }

  /**
   * What a box covers of a picture, of two pixels at least, and somewhat more to the left and top.
   */
  public static Part of(Picture picture, BoxPx box) {
    int left = start(box.x(), picture.widthPx());
    int top = start(box.y(), picture.heightPx());
    if (left == 0
        && top == 0
        && box.right() >= picture.widthPx()
        && box.bottom() >= picture.heightPx()) {
      return all(picture);
    }
    BoxPx covered = new BoxPx(left, top, box.right() - left, box.bottom() - top);
    return new Part(picture, left, top, Patch.of(picture, covered));
  }

  /** At an even coordinate, so that subsampled chroma stays in step. */
  private static int start(float edge, int size) {
    return Math.min(Math.max(0, (int) Math.floor(edge)), Math.max(0, size - 2)) / 2 * 2;
  }

  /** Whether a point of the whole picture lies in the part. */
  public boolean contains(float x, float y) {
    return x >= left && x < left + pixels.widthPx() && y >= top && y < top + pixels.heightPx();
  }
}
