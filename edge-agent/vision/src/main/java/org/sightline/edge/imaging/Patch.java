package org.sightline.edge.imaging;

import java.nio.ByteBuffer;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;

/** A part of a picture, seen in place: no pixel is copied. */
final class Patch {
  private Patch() {}

  /**
   * The part of a picture that a box covers, clipped to the picture and at least one pixel (two in
   * I420, whose patches start at even coordinates so that chroma stays in step).
   */
  static Picture of(Picture picture, BoxPx box) {
    int grid = picture instanceof I420Picture ? 2 : 1;
    int left = start(box.x(), picture.widthPx(), grid);
    int top = start(box.y(), picture.heightPx(), grid);
    int width = extent(box.right(), left, picture.widthPx(), grid);
    int height = extent(box.bottom(), top, picture.heightPx(), grid);
    if (picture instanceof BgrPicture bgr) {
      return new BgrPicture(
          width,
          height,
          bgr.strideBytes(),
          from(bgr.data(), (long) top * bgr.strideBytes() + 3L * left));
    }
    I420Picture i420 = (I420Picture) picture;
    long chroma = (long) (top / 2) * i420.chromaStrideBytes() + left / 2;
    return new I420Picture(
        width,
        height,
        from(i420.y(), (long) top * i420.yStrideBytes() + left),
        i420.yStrideBytes(),
        from(i420.u(), chroma),
        from(i420.v(), chroma),
        i420.chromaStrideBytes(),
        i420.coding());
  }

  private static int start(float edge, int size, int grid) {
    int last = Math.max(0, size - grid);
    return Math.min(Math.max(0, (int) Math.floor(edge)), last) / grid * grid;
  }

  private static int extent(float edge, int start, int size, int grid) {
    int end = Math.min(Math.max(start + grid, (int) Math.ceil(edge)), size);
    return end - start;
  }

  private static ByteBuffer from(ByteBuffer data, long offset) {
    int start = Math.toIntExact(offset);
    ByteBuffer whole = data.duplicate();
    whole.clear();
    return whole.slice(start, whole.capacity() - start);
  }
}
