package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;

class SharpnessTest {
  private static final DrawnPictures.Pattern TEXTURE =
      (x, y, channel) -> 128 + 60 * Math.sin(90 * x) * Math.cos(75 * y) + 50 * x;

  private final Sharpness sharpness = new Sharpness();

  @Test
  void aBlurredFaceScoresLowerThanTheSameFaceSharp() {
    BgrPicture sharp = DrawnPictures.bgr(128, 128, TEXTURE);
    BgrPicture blurred = BgrPicture.allocate(128, 128);
    BgrPicture small = BgrPicture.allocate(16, 16);
    Resampler resampler = new Resampler();
    resampler.resample(sharp, small);
    resampler.resample(small, blurred);
    assertThat(whole(blurred)).isLessThan(0.5 * whole(sharp));
  }

  @Test
  void theSameFaceScoresAlikeAtAnySizeBrightnessAndContrast() {
    double reference = whole(DrawnPictures.bgr(128, 128, TEXTURE));
    double larger = whole(DrawnPictures.bgr(256, 256, TEXTURE));
    double paler = whole(DrawnPictures.bgr(128, 128, (x, y, c) -> 90 + TEXTURE.at(x, y, c) / 3));
    assertThat(larger).isBetween(0.9 * reference, 1.1 * reference);
    assertThat(paler).isBetween(0.9 * reference, 1.1 * reference);
  }

  @Test
  void planarAndInterleavedPixelsScoreAlike() {
    double interleaved = whole(DrawnPictures.bgr(128, 128, TEXTURE));
    double planar =
        sharpness.of(DrawnPictures.i420(128, 128, false, TEXTURE), new BoxPx(0, 0, 128, 128));
    assertThat(planar).isBetween(0.95 * interleaved, 1.05 * interleaved);
  }

  @Test
  void aFlatFaceHasNoSharpness() {
    assertThat(whole(DrawnPictures.bgr(50, 50, (x, y, channel) -> 77))).isZero();
  }

  private double whole(BgrPicture picture) {
    return sharpness.of(picture, new BoxPx(0, 0, picture.widthPx(), picture.heightPx()));
  }
}
