package org.sightline.edge.fieldtest.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class StudioTest {
  private final Studio studio = new Studio(new DrawnCast());

  private int[] picture(long person, long occasion) {
    Draw draw = new Draw(occasion);
    BufferedImage image = studio.picture(person, Look.street(draw), 60, draw);
    return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
  }

  @Test
  void theSamePersonOnTheSameOccasionIsTheSamePixels() {
    assertThat(picture(11, 5)).isEqualTo(picture(11, 5));
  }

  @Test
  void anotherOccasionIsAnotherPicture() {
    assertThat(picture(11, 5)).isNotEqualTo(picture(11, 6));
  }

  @Test
  void anotherPersonIsAnotherPicture() {
    assertThat(picture(11, 5)).isNotEqualTo(picture(12, 5));
  }
}
