package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;

class FlatnessTest {
  private static final BoxPx WHOLE = new BoxPx(0, 0, 100, 100);

  private final Random noise = new Random(1);
  private final Flatness flatness = new Flatness();

  @Test
  void aPictureOfNoiseIsNotFlat() {
    BgrPicture noisy = DrawnPictures.bgr(100, 100, (x, y, channel) -> noise.nextInt(256));
    assertThat(flatness.of(noisy, WHOLE)).isLessThan(0.1);
  }

  @Test
  void aPictureOfOneColourIsFlat() {
    assertThat(flatness.of(BgrPicture.allocate(100, 100), WHOLE)).isEqualTo(1);
  }

  @Test
  void aFlatSquareIsMeasuredByItsSide() {
    BgrPicture picture =
        DrawnPictures.bgr(
            100,
            100,
            (x, y, channel) -> x > 0.3 && x < 0.7 && y > 0.5 && y < 0.9 ? 128 : noise.nextInt(256));
    assertThat(flatness.of(picture, WHOLE)).isCloseTo(0.4, within(0.02));
  }

  @Test
  void whatLiesBesideTheFaceDoesNotCount() {
    BgrPicture picture =
        DrawnPictures.bgr(200, 100, (x, y, channel) -> x > 0.5 ? 128 : noise.nextInt(256));
    assertThat(flatness.of(picture, WHOLE)).isLessThan(0.1);
  }
}
