package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Picture;

class PartTest {
  private static final int WIDTH = 31;
  private static final int HEIGHT = 21;

  /** Whose first byte of each pixel says where it is. */
  private static BgrPicture picture() {
    BgrPicture picture = BgrPicture.allocate(WIDTH, HEIGHT);
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        picture.data().put(y * picture.strideBytes() + 3 * x, (byte) (y * WIDTH + x));
      }
    }
    return picture;
  }

  @Test
  void aPartShowsThePixelsOfItsBox() {
    Part part = Part.of(picture(), new BoxPx(10, 6, 8, 4));

    BgrPicture pixels = (BgrPicture) part.pixels();
    assertThat(part.left()).isEqualTo(10);
    assertThat(part.top()).isEqualTo(6);
    assertThat(pixels.widthPx()).isEqualTo(8);
    assertThat(pixels.heightPx()).isEqualTo(4);
    assertThat(pixels.data().get(pixels.strideBytes() + 3)).isEqualTo((byte) (7 * WIDTH + 11));
  }

  @Test
  void aPartBeginsAtAnEvenPixelAndHoldsAllOfItsBox() {
    Part part = Part.of(picture(), new BoxPx(11.5f, 7.2f, 5, 3));

    assertThat(part.left()).isEqualTo(10);
    assertThat(part.top()).isEqualTo(6);
    assertThat(part.pixels().widthPx()).isEqualTo(7);
    assertThat(part.pixels().heightPx()).isEqualTo(5);
  }

  @Test
  void aBoxThatReachesBeyondThePictureIsCutToIt() {
    Part part = Part.of(picture(), new BoxPx(20, -5, 100, 100));

    assertThat(part.left()).isEqualTo(20);
    assertThat(part.top()).isZero();
    assertThat(part.pixels().widthPx()).isEqualTo(WIDTH - 20);
    assertThat(part.pixels().heightPx()).isEqualTo(HEIGHT);
  }

  @Test
  void aBoxAroundThePictureIsAllOfIt() {
    Picture picture = picture();
    assertThat(Part.of(picture, new BoxPx(-1, -1, 100, 100))).isEqualTo(Part.all(picture));
  }
}
