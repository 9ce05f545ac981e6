package org.sightline.edge.imaging;

import java.nio.ByteBuffer;
import java.util.function.DoubleUnaryOperator;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;

/** New pictures made of others pixel by pixel. Pure. */
final class Repaint {
  static final int GREY = 128;

  private Repaint() {}

  /** A black picture of the same size. */
  static BgrPicture blank(BgrPicture picture) {
    return BgrPicture.allocate(picture.widthPx(), picture.heightPx());
  }

  /** With every level replaced by what becomes of it, cut off at 0 and 255. */
  static BgrPicture mapped(BgrPicture picture, DoubleUnaryOperator level) {
    byte[] levels = new byte[256];
    for (int i = 0; i < levels.length; i++) {
      levels[i] = (byte) Math.round(Math.max(0, Math.min(255, level.applyAsDouble(i))));
    }
    BgrPicture mapped = blank(picture);
    ByteBuffer to = mapped.data();
    for (int row = 0; row < picture.heightPx(); row++) {
      for (int i = 0; i < 3 * picture.widthPx(); i++) {
        int value = picture.data().get(row * picture.strideBytes() + i) & 0xff;
        to.put(row * mapped.strideBytes() + i, levels[value]);
      }
    }
    return mapped;
  }

  /** With every pixel grey whose middle a box covers. */
  static BgrPicture covered(BgrPicture picture, BoxPx box) {
    BgrPicture covered = mapped(picture, level -> level);
    int left = Math.max(0, Math.round(box.x()));
    int right = Math.min(picture.widthPx(), Math.round(box.right()));
    int bottom = Math.min(picture.heightPx(), Math.round(box.bottom()));
    for (int row = Math.max(0, Math.round(box.y())); row < bottom; row++) {
      for (int i = 3 * left; i < 3 * right; i++) {
        covered.data().put(row * covered.strideBytes() + i, (byte) GREY);
      }
    }
    return covered;
  }
}
