package org.sightline.edge.imaging;

import java.nio.ByteBuffer;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;

/** Makes parts of a picture so coarse that nobody can be recognised in them. Thread-safe. */
public final class Pixelation {
  private static final int CHANNELS = 3;

  private Pixelation() {}

  /** Which pixels are made coarse. */
  @FunctionalInterface
  public interface Part {
    boolean contains(int x, int y);
  }

  /**
   * Gives each pixel of a part the mean colour of its square. The squares lie in a grid from the
   * upper left corner, whatever the part, and nothing of the part is left but their means.
   *
   * @param squarePx side of a square; at least 1
   */
  public static void pixelate(BgrPicture picture, int squarePx, Part part) {
    for (int top = 0; top < picture.heightPx(); top += squarePx) {
      for (int left = 0; left < picture.widthPx(); left += squarePx) {
        int right = Math.min(left + squarePx, picture.widthPx());
        int bottom = Math.min(top + squarePx, picture.heightPx());
        fill(picture, left, top, right, bottom, part);
      }
    }
  }

  /** Gives each pixel within a box the mean colour of all of them: a single square. */
  public static void flatten(BgrPicture picture, BoxPx box) {
    int left = (int) Math.max(0, Math.floor(box.x()));
    int top = (int) Math.max(0, Math.floor(box.y()));
    int right = (int) Math.min(picture.widthPx(), Math.ceil(box.right()));
    int bottom = (int) Math.min(picture.heightPx(), Math.ceil(box.bottom()));
    if (left < right && top < bottom) {
      fill(picture, left, top, right, bottom, (x, y) -> true);
    }
  }

  private static void fill(
      BgrPicture picture, int left, int top, int right, int bottom, Part part) {
    ByteBuffer data = picture.data();
    int pixels = (right - left) * (bottom - top);
    byte[] mean = new byte[CHANNELS];
    for (int channel = 0; channel < CHANNELS; channel++) {
      long sum = 0;
      for (int y = top; y < bottom; y++) {
        for (int x = left; x < right; x++) {
          sum += data.get(y * picture.strideBytes() + CHANNELS * x + channel) & 0xff;
        }
      }
      mean[channel] = (byte) (sum / pixels);
    }
    for (int y = top; y < bottom; y++) {
      for (int x = left; x < right; x++) {
        if (part.contains(x, y)) {
          int at = y * picture.strideBytes() + CHANNELS * x;
          for (int channel = 0; channel < CHANNELS; channel++) {
            data.put(at + channel, mean[channel]);
          }
        }
      }
    }
  }
}
