package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;

class CropTest {
  private final Crop crop = new Crop(8);

  /** A picture whose every pixel says where it lies. */
  private static BgrPicture picture() {
    BgrPicture picture = BgrPicture.allocate(100, 60);
    for (int y = 0; y < 60; y++) {
      for (int x = 0; x < 100; x++) {
        picture.data().put(y * picture.strideBytes() + 3 * x, (byte) x);
        picture.data().put(y * picture.strideBytes() + 3 * x + 1, (byte) y);
      }
    }
    return picture;
  }

  @ParameterizedTest
  @CsvSource({
    "20, 10, 16, 24",
    "21.3, 9.7, 15.1, 30",
    "-10, -20, 40, 50",
    "80, 40, 60, 60",
    "-50, -50, 20, 20",
    "300, 300, 10, 10"
  })
  void aShareOfTheCropIsWhereItsPixelsComeFrom(float x, float y, float width, float height) {
    BgrPicture seen = crop.look(picture(), new BoxPx(x, y, width, height));
    for (int row = 0; row < 8; row++) {
      for (int column = 0; column < 8; column++) {
        int at = row * seen.strideBytes() + 3 * column;
        assertThat((double) (seen.data().get(at) & 0xff))
            .isCloseTo(crop.toPictureX((column + 0.5f) / 8) - 0.5, within(1.5));
        assertThat((double) (seen.data().get(at + 1) & 0xff))
            .isCloseTo(crop.toPictureY((row + 0.5f) / 8) - 0.5, within(1.5));
      }
    }
  }
}
