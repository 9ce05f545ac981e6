package org.sightline.edge.evaluate.street;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.imaging.Degradation;
import org.sightline.edge.imaging.DrawnPictures;

class StreetConditionsTest {
  private static final int SIDE_PX = 200;

  private static final DrawnPictures.Pattern TEXTURE =
      (x, y, channel) -> 128 + 60 * Math.sin(90 * x) * Math.cos(75 * y) + 20 * x;

  /** 100 px high, its eyes 36 px apart. */
  private static final Face FACE =
      new Face(
          new BoxPx(64, 50, 72, 100),
          new Landmarks(
              new PointPx(82, 90),
              new PointPx(118, 90),
              new PointPx(100, 110),
              new PointPx(86, 130),
              new PointPx(114, 130)),
          1);

  private static final PointPx BETWEEN_THE_EYES = new PointPx(100, 90);
  private static final PointPx FOREHEAD = new PointPx(100, 62);

  static Stream<Degradation> all() {
    return Stream.concat(
        Stream.of(Worn.values()), Stream.of(new Tilt(15), new Backlight(0.25), new Rain(0.15)));
  }

  private static BgrPicture texture() {
    return DrawnPictures.bgr(SIDE_PX, SIDE_PX, TEXTURE);
  }

  private static BgrPicture of(Degradation degradation, BgrPicture picture, long seed) {
    return degradation.of(picture, FACE, new Random(seed));
  }

  private static boolean isChanged(Degradation degradation, PointPx at) {
    BgrPicture before = texture();
    BgrPicture after = of(degradation, before, 1);
    int x = Math.round(at.x());
    int y = Math.round(at.y());
    return DrawnPictures.channel(before, x, y, 0) != DrawnPictures.channel(after, x, y, 0);
  }

  @ParameterizedTest
  @MethodSource("all")
  void theGivenPictureStaysAsItIs(Degradation degradation) {
    BgrPicture picture = texture();
    of(degradation, picture, 1);
    assertThat(picture.data()).isEqualTo(texture().data());
  }

  @ParameterizedTest
  @MethodSource("all")
  void theSameSeedGivesTheSameBytes(Degradation degradation) {
    assertThat(of(degradation, texture(), 7).data())
        .isEqualTo(of(degradation, texture(), 7).data());
  }

  @ParameterizedTest
  @EnumSource(
      value = Worn.class,
      names = {"CAP", "WOOLLEN_HAT", "HOOD"})
  void aHatCoversTheForeheadOrWhatIsAboveItAndNeitherEyesNorMouth(Worn hat) {
    assertThat(isChanged(hat, new PointPx(100, 40))).isTrue();
    for (PointPx free : FACE.landmarks().inOrder()) {
      assertThat(isChanged(hat, free)).isFalse();
    }
  }

  @Test
  void aMaskCoversNoseAndMouthAndNoEye() {
    assertThat(List.of(FACE.landmarks().noseTip(), FACE.landmarks().leftMouth()))
        .allMatch(point -> isChanged(Worn.MASK, point));
    assertThat(List.of(FACE.landmarks().rightEye(), FACE.landmarks().leftEye(), FOREHEAD))
        .noneMatch(point -> isChanged(Worn.MASK, point));
  }

  @Test
  void darkGlassesHideTheEyesAndClearOnesDoNot() {
    PointPx eye = FACE.landmarks().rightEye();
    int x = Math.round(eye.x());
    int y = Math.round(eye.y());
    assertThat(DrawnPictures.channel(of(Worn.DARK_GLASSES, texture(), 1), x, y, 0)).isLessThan(40);
    assertThat(DrawnPictures.channel(of(Worn.CLEAR_GLASSES, texture(), 1), x, y, 0))
        .isCloseTo(DrawnPictures.channel(texture(), x, y, 0), within(40));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-30, -15, 15, 30})
  void aTiltTurnsTheHeadClockwiseAboutTheMiddleOfItsBox(double degrees) {
    // A mark 40 px above the middle of the box.
    BgrPicture marked =
        DrawnPictures.bgr(
            SIDE_PX, SIDE_PX, (x, y, c) -> Math.hypot(x * 200 - 100, y * 200 - 60) < 3 ? 255 : 0);
    BgrPicture tilted = of(new Tilt(degrees), marked, 1);
    double turn = Math.toRadians(degrees);
    int x = (int) Math.round(100 + 40 * Math.sin(turn));
    int y = (int) Math.round(100 - 40 * Math.cos(turn));
    assertThat(DrawnPictures.channel(tilted, x, y, 0)).isGreaterThan(128);
  }

  @Test
  void lightFromBehindDarkensTheFaceAndBrightensWhatIsBesideIt() {
    BgrPicture grey = DrawnPictures.bgr(SIDE_PX, SIDE_PX, (x, y, c) -> 100);
    BgrPicture lit = of(new Backlight(0.25), grey, 1);
    assertThat(mean(lit, 90, 90)).isCloseTo(25, within(3.0));
    assertThat(mean(lit, 5, 5)).isCloseTo(200, within(3.0));
  }

  private static double mean(BgrPicture picture, int left, int top) {
    double sum = 0;
    for (int x = left; x < left + 10; x++) {
      for (int y = top; y < top + 10; y++) {
        sum += DrawnPictures.channel(picture, x, y, 1);
      }
    }
    return sum / 100;
  }

  @Test
  void rainCoversAboutTheShareAskedFor() {
    BgrPicture before = texture();
    BgrPicture after = of(new Rain(0.15), before, 3);
    int changed = 0;
    for (int x = 0; x < SIDE_PX; x++) {
      for (int y = 0; y < SIDE_PX; y++) {
        changed +=
            DrawnPictures.channel(before, x, y, 0) == DrawnPictures.channel(after, x, y, 0) ? 0 : 1;
      }
    }
    assertThat(changed / (double) (SIDE_PX * SIDE_PX)).isBetween(0.08, 0.17);
  }

  @Test
  void whatIsWornIsTiltedWithTheEyes() {
    Face tilted =
        new Face(
            FACE.box(),
            new Landmarks(
                new PointPx(100, 72),
                new PointPx(100, 108),
                new PointPx(80, 90),
                new PointPx(60, 76),
                new PointPx(60, 104)),
            1);
    BgrPicture before = texture();
    BgrPicture after = Worn.MASK.of(before, tilted, new Random(1));
    assertThat(DrawnPictures.channel(after, 65, 90, 0))
        .isNotEqualTo(DrawnPictures.channel(before, 65, 90, 0));
    assertThat(DrawnPictures.channel(after, Math.round(BETWEEN_THE_EYES.x()), 90, 0))
        .isEqualTo(DrawnPictures.channel(before, 100, 90, 0));
  }
}
