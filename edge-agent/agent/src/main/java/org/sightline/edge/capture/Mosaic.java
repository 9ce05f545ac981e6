package org.sightline.edge.capture;

import java.awt.image.BufferedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Zone;

/**
 * What may be kept of a camera's view to aim it by: {@value #COLUMNS} grey squares across, each the
 * mean of what it covers. No detector is asked where faces are, because one that misses a face
 * would show it: the whole view is made this coarse. A face a quarter of the view wide is five
 * squares.
 */
final class Mosaic {
  static final int COLUMNS = 20;
  private static final int SQUARE_PX = 32;

  /** An outline is dashed, black and white, so that it is seen on any ground. */
  private static final int DASH_PX = 8;

  private final int rows;
  private final int[] greys;

  private Mosaic(int rows, int[] greys) {
    this.rows = rows;
    this.greys = greys;
  }

  static Mosaic of(Picture picture) {
    int rows = Math.max(1, COLUMNS * picture.heightPx() / picture.widthPx());
    int[] greys = new int[rows * COLUMNS];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < COLUMNS; column++) {
        greys[row * COLUMNS + column] = mean(picture, column, row, rows);
      }
    }
    return new Mosaic(rows, greys);
  }

  private static int mean(Picture picture, int column, int row, int rows) {
    int left = column * picture.widthPx() / COLUMNS;
    int right = Math.max(left + 1, (column + 1) * picture.widthPx() / COLUMNS);
    int top = row * picture.heightPx() / rows;
    int bottom = Math.max(top + 1, (row + 1) * picture.heightPx() / rows);
    long sum = 0;
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        sum += Luma.at(picture, x, y);
      }
    }
    return (int) (sum / ((long) (right - left) * (bottom - top)));
  }

  /**
   * The squares as a PNG.
   *
   * @param zone whose outline is drawn on them; null for none
   */
  byte[] png(@Nullable Zone zone) {
    int width = COLUMNS * SQUARE_PX;
    BufferedImage image = new BufferedImage(width, rows * SQUARE_PX, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < rows * SQUARE_PX; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, greys[y / SQUARE_PX * COLUMNS + x / SQUARE_PX]);
      }
    }
    if (zone != null) {
      outline(image.getRaster(), zone);
    }
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return png.toByteArray();
  }

  private static void outline(WritableRaster pixels, Zone zone) {
    int right = pixels.getWidth() - 1;
    int bottom = pixels.getHeight() - 1;
    Zone.Corner from = zone.corners().get(zone.corners().size() - 1);
    for (Zone.Corner to : zone.corners()) {
      double across = right * (to.x() - from.x());
      double down = bottom * (to.y() - from.y());
      int steps = (int) Math.ceil(Math.max(Math.abs(across), Math.abs(down)));
      for (int step = 0; step <= steps; step++) {
        int x = (int) Math.round(right * from.x() + across * step / steps);
        int y = (int) Math.round(bottom * from.y() + down * step / steps);
        pixels.setSample(x, y, 0, step / DASH_PX % 2 == 0 ? 255 : 0);
      }
      from = to;
    }
  }
}
