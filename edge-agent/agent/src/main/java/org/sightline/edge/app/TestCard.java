package org.sightline.edge.app;

import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.imaging.JpegCodec;

/** The picture of a test alert: bars in grey, of the size of a face. */
final class TestCard {
  private static final int SIDE_PX = 160;
  private static final int BARS = 8;
  private static final int QUALITY = 90;

  private TestCard() {}

  static Jpeg jpeg() {
    BgrPicture picture = BgrPicture.allocate(SIDE_PX, SIDE_PX);
    for (int i = 0; i < picture.data().capacity(); i++) {
      int bar = i / 3 % SIDE_PX * BARS / SIDE_PX;
      picture.data().put(i, (byte) (bar * 255 / (BARS - 1)));
    }
    return JpegCodec.encode(picture, QUALITY);
  }
}
