package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.I420Picture;

class ResamplerTest {
  private final Resampler resampler = new Resampler();

  @ParameterizedTest
  @CsvSource({"true,96,64", "true,320,192", "false,96,64", "false,320,192", "false,160,121"})
  void planarPicturesBecomeTheColoursTheyStandFor(boolean fullRange, int width, int height) {
    I420Picture source = DrawnPictures.i420(160, 121, fullRange, DrawnPictures::smooth);
    BgrPicture result = BgrPicture.allocate(width, height);
    resampler.resample(source, result);
    assertThat(DrawnPictures.largestError(result, DrawnPictures::smooth)).isLessThan(4);
  }

  @ParameterizedTest
  @CsvSource({"96,64", "320,192", "160,121"})
  void interleavedPicturesKeepTheirColours(int width, int height) {
    BgrPicture source = DrawnPictures.bgr(160, 121, DrawnPictures::smooth);
    BgrPicture result = BgrPicture.allocate(width, height);
    resampler.resample(source, result);
    assertThat(DrawnPictures.largestError(result, DrawnPictures::smooth)).isLessThan(2.5);
  }

  @Test
  void blackAndWhiteOfLimitedRangeReachBothEnds() {
    I420Picture source = DrawnPictures.i420(64, 64, false, (x, y, channel) -> x < 0.5 ? 0 : 255);
    BgrPicture result = BgrPicture.allocate(64, 64);
    resampler.resample(source, result);
    assertThat(DrawnPictures.channel(result, 4, 4, 1)).isLessThan(2);
    assertThat(DrawnPictures.channel(result, 60, 4, 1)).isGreaterThan(253);
  }

  @Test
  void shrinkingAveragesAFinePatternInsteadOfSkippingPixels() {
    BgrPicture stripes =
        DrawnPictures.bgr(256, 256, (x, y, channel) -> ((int) (x * 256)) % 2 == 0 ? 0 : 254);
    BgrPicture result = BgrPicture.allocate(64, 64);
    resampler.resample(stripes, result);
    assertThat(DrawnPictures.largestError(result, (x, y, channel) -> 127)).isLessThan(2);
  }

  @ParameterizedTest
  @CsvSource({"960,540,384", "960,540,151", "961,541,480", "962,541,121", "90,50,61"})
  void anyFactorKeepsEdgesInTheirPlace(int width, int height, int newWidth) {
    BgrPicture result = BgrPicture.allocate(newWidth, height * newWidth / width);
    resampler.resample(
        DrawnPictures.i420(width, height, true, (x, y, channel) -> x < 0.7 ? 20 : 220), result);
    assertThat(brightPx(result)).isCloseTo(0.3 * newWidth, within(0.5));
  }

  @ParameterizedTest
  @CsvSource({"384,216", "256,144", "320,180", "150,100"})
  void aFlatColourStaysAsItIs(int width, int height) {
    BgrPicture result = BgrPicture.allocate(width, height);
    resampler.resample(DrawnPictures.bgr(960, 540, (x, y, channel) -> 50 + 70 * channel), result);
    assertThat(DrawnPictures.largestError(result, (x, y, channel) -> 50 + 70 * channel)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"384,216", "320,180", "240,135", "151,85"})
  void stripesAreAveragedAtTheFactorsOfFramesToo(int width, int height) {
    I420Picture stripes =
        DrawnPictures.i420(960, 540, true, (x, y, channel) -> ((int) (x * 960)) % 2 == 0 ? 0 : 254);
    BgrPicture result = BgrPicture.allocate(width, height);
    resampler.resample(stripes, result);
    assertThat(DrawnPictures.largestError(result, (x, y, channel) -> 127)).isLessThan(3);
  }

  @Test
  void shrinkingLinearlySkipsPixels() {
    BgrPicture stripes =
        DrawnPictures.bgr(192, 192, (x, y, channel) -> ((int) (x * 192)) % 3 == 1 ? 254 : 0);
    BgrPicture result = BgrPicture.allocate(64, 64);
    resampler.interpolate(stripes, result);
    assertThat(DrawnPictures.largestError(result, (x, y, channel) -> 254)).isZero();
  }

  @Test
  void aDestinationMayBeTheCornerOfALargerPicture() {
    ByteBuffer canvas = ByteBuffer.allocateDirect(3 * 64 * 64);
    BgrPicture corner = new BgrPicture(32, 16, 3 * 64, canvas);
    resampler.resample(DrawnPictures.bgr(160, 80, (x, y, channel) -> 200), corner);
    BgrPicture whole = new BgrPicture(64, 64, 3 * 64, canvas);
    assertThat(DrawnPictures.channel(whole, 31, 15, 0)).isEqualTo(200);
    assertThat(DrawnPictures.channel(whole, 32, 15, 0)).isZero();
    assertThat(DrawnPictures.channel(whole, 31, 16, 0)).isZero();
  }

  /** How much of the middle row is bright, its borders counted in part. */
  private static double brightPx(BgrPicture picture) {
    double bright = 0;
    for (int x = 0; x < picture.widthPx(); x++) {
      bright += (DrawnPictures.channel(picture, x, picture.heightPx() / 2, 1) - 20) / 200.0;
    }
    return bright;
  }
}
