package org.sightline.edge.capture.ffmpeg;

import java.nio.ByteBuffer;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Picture;

/** Turns pictures, into memory that is kept for the next one. Owned by one thread at a time. */
final class Turning {
  private ByteBuffer memory = ByteBuffer.allocateDirect(0);
  private int used;

  /** The picture itself if nothing is to be turned; else a copy that lasts until the next call. */
  Picture turn(Picture picture, Orientation orientation) {
    if (orientation.equals(Orientation.AS_STORED)) {
      return picture;
    }
    return picture instanceof I420Picture planar
        ? turned(planar, orientation)
        : turned((BgrPicture) picture, orientation);
  }

  private I420Picture turned(I420Picture stored, Orientation orientation) {
    int width = orientation.transposed() ? stored.heightPx() : stored.widthPx();
    int height = orientation.transposed() ? stored.widthPx() : stored.heightPx();
    int chromaWidth = (stored.widthPx() + 1) / 2;
    int chromaHeight = (stored.heightPx() + 1) / 2;
    int chromaStride = stored.chromaStrideBytes();
    require(width * height + 2 * chromaWidth * chromaHeight);
    return new I420Picture(
        width,
        height,
        plane(
            stored.y(), stored.widthPx(), stored.heightPx(), stored.yStrideBytes(), 1, orientation),
        width,
        plane(stored.u(), chromaWidth, chromaHeight, chromaStride, 1, orientation),
        plane(stored.v(), chromaWidth, chromaHeight, chromaStride, 1, orientation),
        orientation.transposed() ? chromaHeight : chromaWidth,
        stored.coding());
  }

  private BgrPicture turned(BgrPicture stored, Orientation orientation) {
    int width = orientation.transposed() ? stored.heightPx() : stored.widthPx();
    int height = orientation.transposed() ? stored.widthPx() : stored.heightPx();
    require(3 * width * height);
    return new BgrPicture(
        width,
        height,
        3 * width,
        plane(
            stored.data(),
            stored.widthPx(),
            stored.heightPx(),
            stored.strideBytes(),
            3,
            orientation));
  }

  private void require(int bytes) {
    used = 0;
    if (memory.capacity() < bytes) {
      memory = ByteBuffer.allocateDirect(bytes);
    }
  }

  /** One plane, turned, in the next part of the memory and without gaps between its rows. */
  private ByteBuffer plane(
      ByteBuffer stored, int columns, int rows, int strideBytes, int samples, Orientation how) {
    int pastColumn = (how.fromRight() ? -1 : 1) * samples;
    int pastRow = (how.fromBottom() ? -1 : 1) * strideBytes;
    int acrossBytes = how.transposed() ? pastRow : pastColumn;
    int downBytes = how.transposed() ? pastColumn : pastRow;
    int width = how.transposed() ? rows : columns;
    int height = how.transposed() ? columns : rows;
    int line =
        (how.fromRight() ? (columns - 1) * samples : 0)
            + (how.fromBottom() ? (rows - 1) * strideBytes : 0);
    ByteBuffer turned = memory.slice(used, width * height * samples);
    used += width * height * samples;
    int to = 0;
    for (int y = 0; y < height; y++, line += downBytes) {
      for (int x = 0, from = line; x < width; x++, from += acrossBytes) {
        for (int sample = 0; sample < samples; sample++) {
          turned.put(to++, stored.get(from + sample));
        }
      }
    }
    return turned;
  }
}
