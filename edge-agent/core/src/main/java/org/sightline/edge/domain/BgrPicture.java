package org.sightline.edge.domain;

import java.nio.ByteBuffer;

/**
 * Interleaved blue, green, red; the form of stills.
 *
 * @param strideBytes bytes from one row to the next, at least 3 times the width
 */
public record BgrPicture(int widthPx, int heightPx, int strideBytes, ByteBuffer data)
    implements Picture {
  public BgrPicture {
    if (widthPx <= 0 || heightPx <= 0 || strideBytes < 3 * widthPx) {
      throw new IllegalArgumentException("a picture has a size and whole rows");
    }
    if (!data.isDirect() || data.capacity() < (long) strideBytes * (heightPx - 1) + 3L * widthPx) {
      throw new IllegalArgumentException("a picture's buffer is direct and holds all its rows");
    }
  }

  /** A black picture in a buffer of its own. */
  public static BgrPicture allocate(int widthPx, int heightPx) {
    return new BgrPicture(
        widthPx, heightPx, 3 * widthPx, ByteBuffer.allocateDirect(3 * widthPx * heightPx));
  }

  /** Blackens the pixels, which may be somebody's face. */
  public void wipe() {
    for (int i = 0; i < data.capacity(); i++) {
      data.put(i, (byte) 0);
    }
  }
}
