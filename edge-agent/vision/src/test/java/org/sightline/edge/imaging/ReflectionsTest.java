package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;

class ReflectionsTest {
  private static final BgrPicture PICTURE = DrawnPictures.bgr(40, 20, DrawnPictures::smooth);

  @Test
  void aMirrorPutsLeftForRight() {
    BgrPicture mirrored = Reflections.mirrored(PICTURE);
    assertThat(DrawnPictures.channel(mirrored, 0, 5, 0))
        .isEqualTo(DrawnPictures.channel(PICTURE, 39, 5, 0));
  }

  @Test
  void aNegativePutsDarkForLight() {
    BgrPicture negative = Reflections.negative(PICTURE);
    assertThat(DrawnPictures.channel(negative, 7, 5, 1))
        .isEqualTo(255 - DrawnPictures.channel(PICTURE, 7, 5, 1));
  }
}
