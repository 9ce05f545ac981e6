package org.sightline.edge.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTest {
  private static final Zone LEFT_HALF = zone(0, 0, 0.5, 0, 0.5, 1, 0, 1);

  /** An L: the upper right quarter of the view is missing. */
  private static final Zone CORNERED = zone(0, 0, 0.5, 0, 0.5, 0.5, 1, 0.5, 1, 1, 0, 1);

  /** Corners as they are written down, across and down in turn. */
  private static Zone zone(double... shares) {
    List<Zone.Corner> corners = new ArrayList<>();
    for (int i = 0; i < shares.length; i += 2) {
      corners.add(new Zone.Corner(shares[i], shares[i + 1]));
    }
    return new Zone(corners);
  }

  @ParameterizedTest
  @CsvSource({
    "0.25, 0.25, true",
    "0.25, 0.75, true",
    "0.75, 0.75, true",
    "0.75, 0.25, false",
    "0.51, 0.49, false",
    "0.49, 0.49, true",
    "-0.1, 0.75, false",
    "1.1, 0.75, false",
    "0.25, 1.1, false"
  })
  void aPointLiesWithinOrOutside(double x, double y, boolean within) {
    assertThat(CORNERED.contains(x, y)).isEqualTo(within);
  }

  @Test
  void thePolygonIsTheSameEitherWayAround() {
    List<Zone.Corner> around = new ArrayList<>(CORNERED.corners());
    Collections.reverse(around);
    Zone reversed = new Zone(around);
    Random random = new Random(3);
    for (int i = 0; i < 1000; i++) {
      double x = random.nextDouble();
      double y = random.nextDouble();
      assertThat(reversed.contains(x, y)).isEqualTo(CORNERED.contains(x, y));
    }
  }

  @Test
  void aPointIsInOneOfTwoZonesThatShareAnEdge() {
    Zone rightHalf = zone(0.5, 0, 1, 0, 1, 1, 0.5, 1);
    for (int i = 0; i <= 20; i++) {
      double y = (i + 0.5) / 21;
      assertThat(LEFT_HALF.contains(0.5, y)).isNotEqualTo(rightHalf.contains(0.5, y));
    }
  }

  @Test
  void whatIsWithinIsAboutAsMuchAsTheArea() {
    Zone zone = zone(0.1, 0.2, 0.9, 0.1, 0.6, 0.5, 0.8, 0.95, 0.2, 0.8);
    Random random = new Random(4);
    int within = 0;
    int points = 100_000;
    for (int i = 0; i < points; i++) {
      within += zone.contains(random.nextDouble(), random.nextDouble()) ? 1 : 0;
    }
    assertThat((double) within / points).isCloseTo(zone.area(), within(0.01));
  }

  @Test
  void itsAreaIsAShareOfTheView() {
    assertThat(LEFT_HALF.area()).isEqualTo(0.5);
    assertThat(CORNERED.area()).isEqualTo(0.75);
    assertThat(zone(0, 0, 1, 0, 1, 1, 0, 1).area()).isEqualTo(1);
  }

  @Test
  void itsBoxIsInThePixelsOfThePicture() {
    assertThat(zone(0.25, 0.5, 0.75, 0.5, 0.5, 0.75).bounds(1920, 1080))
        .isEqualTo(new BoxPx(480, 540, 960, 270));
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.0001, 1.0001, 0.12345, Double.NaN, Double.POSITIVE_INFINITY})
  void aCornerThatIsNoShareOfTheViewIsRefused(double share) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Zone.Corner(share, 0.5))
        .withMessageContaining("from 0 to 1 with at most four decimals");
    assertThatIllegalArgumentException().isThrownBy(() -> new Zone.Corner(0.5, share));
  }

  @Test
  void everyShareOfFourDecimalsIsTaken() {
    for (int step = 0; step <= 10_000; step++) {
      double share = Double.parseDouble("%d.%04d".formatted(step / 10_000, step % 10_000));
      assertThat(new Zone.Corner(share, share).x()).isEqualTo(share);
    }
  }

  @Test
  void fewerThanThreeCornersAreNoZone() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> zone(0, 0, 1, 1))
        .withMessageContaining("3 to 32 corners");
  }

  @Test
  void moreThan32CornersAreRefused() {
    double[] comb = new double[2 * 34];
    for (int i = 0; i < 34; i++) {
      comb[2 * i] = i < 33 ? i / 100.0 : 0;
      comb[2 * i + 1] = i == 33 ? 1 : i % 2 == 0 ? 0 : 0.1;
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> zone(comb))
        .withMessageContaining("3 to 32 corners");
  }

  @Test
  void cornersOnOneLineAreNoZone() {
    assertThatTouches(0.1, 0.1, 0.2, 0.2, 0.3, 0.3);
  }

  @Test
  void edgesThatCrossAreRefused() {
    assertThatTouches(0, 0, 1, 1, 1, 0, 0, 1);
    assertThatTouches(0, 0, 1, 0, 0.2, 0.8, 0.5, 0, 1, 1);
  }

  @Test
  void anEdgeThatGoesBackOnTheLastOneIsRefused() {
    assertThatTouches(0, 0, 1, 0, 0.5, 0, 0.5, 1);
    assertThatTouches(0, 0, 1, 0, 1, 1, 1, 0.5, 1, 0.9);
  }

  @Test
  void aCornerThatIsThereTwiceIsRefused() {
    assertThatTouches(0, 0, 1, 0, 1, 0, 0, 1);
    assertThatTouches(0, 0, 0.5, 0.5, 1, 0, 1, 1, 0.5, 0.5, 0, 1);
  }

  @Test
  void aCornerOnAnotherEdgeIsRefused() {
    assertThatTouches(0, 0, 1, 0, 1, 1, 0.5, 0, 0, 1);
  }

  private static void assertThatTouches(double... shares) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> zone(shares))
        .withMessageContaining("do not touch or cross");
  }
}
