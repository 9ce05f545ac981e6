package org.sightline.edge.imaging;

import java.nio.ByteBuffer;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;

/**
 * How much of a face is one flat colour, as where a decoder had nothing to draw: the side of the
 * largest such square as a share of the box's smaller side, in [0, 1]. One thread at a time.
 */
public final class Flatness {
  private static final int SIDE_PX = 128;

  /** Of a channel from one pixel to its neighbours; a camera's noise is more. */
  private static final int FLAT = 1;

  private final FaceCropper cropper = new FaceCropper();

  /** The flatness of what a box covers; the part of it beyond the picture is left out. */
  public double of(BgrPicture picture, BoxPx box) {
    BgrPicture face = cropper.crop(picture, box, 0, SIDE_PX);
    int width = face.widthPx();
    int[] above = new int[width];
    int largest = 0;
    for (int y = 1; y < face.heightPx(); y++) {
      int[] row = new int[width];
      for (int x = 1; x < width; x++) {
        if (isFlat(face, x, y)) {
          row[x] = 1 + Math.min(row[x - 1], Math.min(above[x], above[x - 1]));
          largest = Math.max(largest, row[x]);
        }
      }
      above = row;
    }
    return Math.min(1, (largest + 1.0) / Math.min(width, face.heightPx()));
  }

  private static boolean isFlat(BgrPicture face, int x, int y) {
    ByteBuffer data = face.data();
    int stride = face.strideBytes();
    for (int at = y * stride + 3 * x; at < y * stride + 3 * x + 3; at++) {
      int value = data.get(at) & 0xff;
      if (Math.abs(value - (data.get(at - 3) & 0xff)) > FLAT
          || Math.abs(value - (data.get(at - stride) & 0xff)) > FLAT
          || Math.abs(value - (data.get(at - stride - 3) & 0xff)) > FLAT) {
        return false;
      }
    }
    return true;
  }
}
