package org.sightline.edge.capture;

import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;

/** Brightness of single pixels, of any form of picture. */
public final class Luma {
  private Luma() {}

  /** Brightness in [0, 255]. */
  public static int at(Picture picture, int x, int y) {
    if (picture instanceof I420Picture planar) {
      int luma = planar.y().get(y * planar.yStrideBytes() + x) & 0xff;
      return planar.coding().fullRange()
          ? luma
          : Math.max(0, Math.min(255, (luma - 16) * 255 / 219));
    }
    BgrPicture bgr = (BgrPicture) picture;
    int i = y * bgr.strideBytes() + 3 * x;
    int blue = bgr.data().get(i) & 0xff;
    int green = bgr.data().get(i + 1) & 0xff;
    int red = bgr.data().get(i + 2) & 0xff;
    return (29 * blue + 150 * green + 77 * red) >> 8;
  }

  /** Mean brightness of every fourth pixel of every fourth row, in [0, 255]. */
  static double mean(Picture picture) {
    long sum = 0;
    long count = 0;
    for (int y = 0; y < picture.heightPx(); y += 4) {
      for (int x = 0; x < picture.widthPx(); x += 4) {
        sum += at(picture, x, y);
        count++;
      }
    }
    return (double) sum / count;
  }

  /**
   * Variance of the 4-neighbour Laplacian on every second pixel of every second row: the higher,
   * the finer the detail. Comparable only for the same scene and size, as when a lens is focused.
   */
  static double laplacianVariance(Picture picture) {
    double sum = 0;
    double squares = 0;
    long count = 0;
    for (int y = 1; y < picture.heightPx() - 1; y += 2) {
      for (int x = 1; x < picture.widthPx() - 1; x += 2) {
        int value =
            at(picture, x - 1, y)
                + at(picture, x + 1, y)
                + at(picture, x, y - 1)
                + at(picture, x, y + 1)
                - 4 * at(picture, x, y);
        sum += value;
        squares += (double) value * value;
        count++;
      }
    }
    return count == 0 ? 0 : squares / count - (sum / count) * (sum / count);
  }
}
