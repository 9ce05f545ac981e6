package org.sightline.edge.fieldtest.generate;

import java.awt.image.BufferedImage;
import org.sightline.edge.domain.BgrPicture;

/** Drawn pixels in the form that detectors take. */
final class DrawnPicture {
  private DrawnPicture() {}

  static BgrPicture of(BufferedImage image) {
    int[] rgb = image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return of(rgb, image.getWidth(), image.getHeight());
  }

  static BgrPicture of(int[] rgb, int widthPx, int heightPx) {
    BgrPicture picture = BgrPicture.allocate(widthPx, heightPx);
    for (int i = 0; i < rgb.length; i++) {
      picture.data().put(3 * i, (byte) rgb[i]);
      picture.data().put(3 * i + 1, (byte) (rgb[i] >> 8));
      picture.data().put(3 * i + 2, (byte) (rgb[i] >> 16));
    }
    return picture;
  }
}
