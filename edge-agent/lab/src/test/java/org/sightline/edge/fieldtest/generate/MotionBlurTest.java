package org.sightline.edge.fieldtest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class MotionBlurTest {

  private static BufferedImage whitePixel() {
    BufferedImage image = new BufferedImage(21, 11, BufferedImage.TYPE_INT_ARGB_PRE);
    image.setRGB(10, 5, 0xffffffff);
    return image;
  }

  @Test
  void aPointBecomesALineAsLongAsItsWay() {
    BufferedImage blurred = MotionBlur.of(whitePixel(), 4, 0);
    for (int x = 0; x < 21; x++) {
      int alpha = blurred.getRGB(x, 5) >>> 24;
      assertThat(alpha).as("column %d", x).isEqualTo(x >= 8 && x <= 12 ? 51 : 0);
    }
  }

  @Test
  void aWayDownwardsDoesNotSpreadSideways() {
    BufferedImage blurred = MotionBlur.of(whitePixel(), 0, 2);
    assertThat(blurred.getRGB(10, 4) >>> 24).isEqualTo(85);
    assertThat(blurred.getRGB(9, 5) >>> 24).isZero();
  }

  @Test
  void noWayChangesNothing() {
    assertThat(MotionBlur.of(whitePixel(), 0, 0).getRGB(10, 5)).isEqualTo(0xffffffff);
  }
}
