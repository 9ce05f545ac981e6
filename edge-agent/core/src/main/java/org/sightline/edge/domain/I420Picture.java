package org.sightline.edge.domain;

import java.nio.ByteBuffer;

/**
 * Planar luma and two quarter-size chroma planes; the form video decoders deliver, so that a frame
 * is searched and cropped without ever being converted whole.
 *
 * @param yStrideBytes bytes from one luma row to the next
 * @param chromaStrideBytes bytes from one row to the next in each chroma plane
 */
public record I420Picture(
    int widthPx,
    int heightPx,
    ByteBuffer y,
    int yStrideBytes,
    ByteBuffer u,
    ByteBuffer v,
    int chromaStrideBytes,
    YuvCoding coding)
    implements Picture {
  public I420Picture {
    if (widthPx <= 0
        || heightPx <= 0
        || yStrideBytes < widthPx
        || chromaStrideBytes < (widthPx + 1) / 2) {
      throw new IllegalArgumentException("a picture has a size and whole rows");
    }
  }
}
