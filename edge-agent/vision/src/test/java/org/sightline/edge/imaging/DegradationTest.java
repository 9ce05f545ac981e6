package org.sightline.edge.imaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;

class DegradationTest {
  private static final DrawnPictures.Pattern TEXTURE =
      (x, y, channel) -> 128 + 60 * Math.sin(90 * x) * Math.cos(75 * y) + 50 * x;

  private static final DrawnPictures.Pattern WHITE = (x, y, channel) -> 255;

  /** 80 px high, its eyes 36 px apart. */
  private static final Face FACE =
      new Face(
          new BoxPx(30, 20, 60, 80),
          new Landmarks(
              new PointPx(42, 52),
              new PointPx(78, 52),
              new PointPx(60, 68),
              new PointPx(46, 84),
              new PointPx(74, 84)),
          1);

  static List<Degradation> all() {
    return List.of(
        new Degradation.None(),
        new Degradation.Defocus(0.03),
        new Degradation.MotionBlur(0.05),
        new Degradation.Exposure(0.25),
        new Degradation.Contrast(0.5),
        new Degradation.LowerFaceCovered(0.35),
        new Degradation.EyesCovered(),
        new Degradation.Compression(20));
  }

  @ParameterizedTest
  @MethodSource("all")
  void theGivenPictureStaysAsItIs(Degradation degradation) {
    BgrPicture picture = DrawnPictures.bgr(120, 120, TEXTURE);
    degraded(degradation, picture, 1);
    assertThat(picture.data()).isEqualTo(DrawnPictures.bgr(120, 120, TEXTURE).data());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameSeedGivesTheSameBytes(Degradation degradation) {
    BgrPicture picture = DrawnPictures.bgr(120, 120, TEXTURE);
    assertThat(degraded(degradation, picture, 7).data())
        .isEqualTo(degraded(degradation, picture, 7).data());
  }

  @Test
  void theDirectionOfMotionIsLeftToChance() {
    BgrPicture picture = DrawnPictures.bgr(120, 120, TEXTURE);
    Degradation motion = new Degradation.MotionBlur(0.08);
    assertThat(degraded(motion, picture, 1).data())
        .isNotEqualTo(degraded(motion, picture, 2).data());
  }

  @Test
  void motionSpreadsAPointOverItsLengthAndNoFurther() {
    BgrPicture picture = DrawnPictures.bgr(121, 121, (x, y, c) -> x == 0.5 && y == 0.5 ? 255 : 0);
    BgrPicture moved = degraded(new Degradation.MotionBlur(0.25), picture, 3);
    double farthest = 0;
    for (int y = 0; y < 121; y++) {
      for (int x = 0; x < 121; x++) {
        if (DrawnPictures.channel(moved, x, y, 0) > 0) {
          farthest = Math.max(farthest, Math.hypot(x - 60, y - 60));
        }
      }
    }
    // 20 px long: 10 px to each side, and up to a pixel more where a point lies between pixels.
    assertThat(farthest).isBetween(9.0, 11.5);
  }

  @Test
  void blurLosesDetailAndNoLight() {
    Sharpness sharpness = new Sharpness();
    BgrPicture picture = DrawnPictures.bgr(120, 120, TEXTURE);
    BgrPicture blurred = degraded(new Degradation.Defocus(0.03), picture, 1);
    assertThat(sharpness.of(blurred, FACE.box()))
        .isLessThan(0.8 * sharpness.of(picture, FACE.box()));
    BgrPicture white = DrawnPictures.bgr(120, 120, WHITE);
    assertThat(degraded(new Degradation.Defocus(0.03), white, 1).data()).isEqualTo(white.data());
  }

  @Test
  void halfTheLightIsTheLevelThatScreensShowHalfAsBright() {
    BgrPicture half =
        degraded(new Degradation.Exposure(0.5), DrawnPictures.bgr(120, 120, WHITE), 1);
    assertThat(DrawnPictures.channel(half, 5, 5, 1)).isEqualTo(188);
  }

  @Test
  void halfTheContrastIsHalfTheDistanceFromMidGrey() {
    BgrPicture pale =
        degraded(new Degradation.Contrast(0.5), DrawnPictures.bgr(120, 120, (x, y, c) -> 28), 1);
    assertThat(DrawnPictures.channel(pale, 5, 5, 2)).isEqualTo(78);
  }

  @Test
  void aScarfCoversItsShareOfTheFaceAndNothingElse() {
    BgrPicture covered =
        degraded(new Degradation.LowerFaceCovered(0.35), DrawnPictures.bgr(120, 120, WHITE), 1);
    assertThat(covered(covered)).isEqualTo(new BoxPx(30, 72, 60, 28));
  }

  @Test
  void sunglassesCoverTheEyesAndNotTheNose() {
    BgrPicture covered =
        degraded(new Degradation.EyesCovered(), DrawnPictures.bgr(120, 120, WHITE), 1);
    BoxPx box = covered(covered);
    assertThat(box.x()).isLessThan(42);
    assertThat(box.right()).isGreaterThan(78);
    assertThat(box.bottom()).isLessThan(68);
  }

  @Test
  void aStrongerCompressionLosesMore() {
    BgrPicture picture = DrawnPictures.bgr(120, 120, TEXTURE);
    assertThat(error(degraded(new Degradation.Compression(10), picture, 1)))
        .isGreaterThan(error(degraded(new Degradation.Compression(95), picture, 1)));
  }

  private static double error(BgrPicture picture) {
    return DrawnPictures.largestError(picture, TEXTURE);
  }

  private static BgrPicture degraded(Degradation degradation, BgrPicture picture, long seed) {
    return degradation.of(picture, FACE, new Random(seed));
  }

  /** The box of all that is not white. */
  private static BoxPx covered(BgrPicture picture) {
    int left = Integer.MAX_VALUE;
    int top = Integer.MAX_VALUE;
    int right = -1;
    int bottom = -1;
    for (int y = 0; y < picture.heightPx(); y++) {
      for (int x = 0; x < picture.widthPx(); x++) {
        if (DrawnPictures.channel(picture, x, y, 0) != 255) {
          left = Math.min(left, x);
          top = Math.min(top, y);
          right = Math.max(right, x + 1);
          bottom = Math.max(bottom, y + 1);
        }
      }
    }
    return new BoxPx(left, top, right - left, bottom - top);
  }
}
