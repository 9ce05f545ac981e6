package org.sightline.edge.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Calibration.Found;
import org.sightline.edge.domain.Calibration.Point;
import org.sightline.edge.domain.PassFactor;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.Similarity;

class ThresholdTest {
  private static final Similarity NO_FLOOR = new Similarity(0);

  /** A tenth of the rate for every 0.1 of similarity, each within a factor of 10 either way. */
  private static final Calibration CALIBRATION =
      new Calibration(
          "drawn",
          Scoring.COSINE,
          null,
          null,
          1_000_000,
          List.of(
              point(0.1, 1e-2, true),
              point(0.2, 1e-3, true),
              point(0.3, 1e-4, true),
              point(0.4, 1e-5, true),
              point(0.5, 1e-6, false),
              point(0.6, 1e-7, false),
              point(0.7, 1e-8, false)),
          List.of(new Found(0.3, 0.9), new Found(0.5, 0.7)));

  private static Point point(double similarity, double rate, boolean measured) {
    return new Point(similarity, rate, rate / 10, rate * 10, measured);
  }

  @Test
  void theThresholdKeepsTheAuthorisedRateAtTheLengthOfTheList() throws Exception {
    Threshold threshold = Threshold.derive(CALIBRATION, 10, 1, NO_FLOOR);
    assertThat(threshold.similarity().cosine()).isCloseTo(0.3, within(1e-9));
    assertThat(threshold.expectedFalseAlertsPerThousandFaces()).isCloseTo(1, within(1e-6));
  }

  @Test
  void theExpectationComesWithTheIntervalOfTheCalibration() throws Exception {
    Threshold threshold = Threshold.derive(CALIBRATION, 10, 1, NO_FLOOR);
    assertThat(threshold.lower95()).isCloseTo(0.1, within(1e-6));
    assertThat(threshold.upper95()).isCloseTo(10, within(1e-6));
  }

  @Test
  void aLongerListRaisesTheThreshold() throws Exception {
    assertThat(Threshold.derive(CALIBRATION, 20, 1, NO_FLOOR).similarity())
        .isGreaterThan(Threshold.derive(CALIBRATION, 10, 1, NO_FLOOR).similarity());
  }

  @Test
  void theAuthorisedFloorIsNeverUndercut() throws Exception {
    Threshold threshold = Threshold.derive(CALIBRATION, 10, 1, new Similarity(0.45));
    assertThat(threshold.similarity().cosine()).isEqualTo(0.45);
    assertThat(threshold.expectedFalseAlertsPerThousandFaces()).isLessThan(1);
  }

  @Test
  void aThresholdAmongTheMeasuredPointsIsNotExtrapolated() throws Exception {
    assertThat(Threshold.derive(CALIBRATION, 100, 1, NO_FLOOR).extrapolated()).isFalse();
  }

  @Test
  void aThresholdBeyondTheMeasuredPointsIsSaidToBeExtrapolated() throws Exception {
    assertThat(Threshold.derive(CALIBRATION, 500, 1, NO_FLOOR).extrapolated()).isTrue();
  }

  @Test
  void withinADecadeOfWhatWasMeasuredTheExpectationIsKept() throws Exception {
    Threshold threshold = Threshold.derive(CALIBRATION, 1000, 1, NO_FLOOR);
    assertThat(threshold.expectedFalseAlertsPerThousandFaces()).isCloseTo(1, within(1e-6));
  }

  @Test
  void twoDecadesBeyondWhatWasMeasuredTheUpperLimitIsKept() throws Exception {
    Threshold threshold = Threshold.derive(CALIBRATION, 10_000, 1, NO_FLOOR);
    assertThat(threshold.upper95()).isCloseTo(1, within(1e-6));
  }

  @Test
  void inBetweenTheOnePassesOverIntoTheOther() throws Exception {
    double before = 0;
    for (int entries = 500; entries <= 10_000; entries += 100) {
      double now = Threshold.derive(CALIBRATION, entries, 1, NO_FLOOR).similarity().cosine();
      assertThat(now - before).isPositive();
      assertThat(now - before).isLessThan(before == 0 ? 1 : 0.05);
      before = now;
    }
  }

  @Test
  void aPassThatAmountsToSeveralComparisonsRaisesTheThreshold() throws Exception {
    Threshold threshold = Threshold.derive(perPass(10, 5, 20), 10, 1, NO_FLOOR);
    assertThat(threshold.similarity().cosine()).isCloseTo(0.4, within(1e-9));
    assertThat(threshold.expectedFalseAlertsPerThousandFaces()).isCloseTo(1, within(1e-6));
  }

  @Test
  void theIntervalHoldsThatOfWhatAPassAmountsTo() throws Exception {
    Threshold threshold = Threshold.derive(perPass(10, 5, 20), 10, 1, NO_FLOOR);
    assertThat(threshold.lower95()).isCloseTo(0.05, within(1e-6));
    assertThat(threshold.upper95()).isCloseTo(20, within(1e-6));
  }

  private static Calibration perPass(double factor, double lower, double upper) {
    return new Calibration(
        CALIBRATION.population(),
        CALIBRATION.scoring(),
        null,
        new PassFactor(factor, lower, upper, 100),
        CALIBRATION.comparisons(),
        CALIBRATION.points(),
        CALIBRATION.found());
  }

  @Test
  void aThresholdSaysHowManyAreFound() {
    assertThat(Threshold.at(CALIBRATION, 1, new Similarity(0.4)).found())
        .isCloseTo(0.8, within(1e-9));
  }

  @Test
  void beyondTheTableAsManyAreFoundAsAtItsEnds() {
    assertThat(Threshold.at(CALIBRATION, 1, new Similarity(0.1)).found()).isEqualTo(0.9);
    assertThat(Threshold.at(CALIBRATION, 1, new Similarity(0.9)).found()).isEqualTo(0.7);
  }

  @Test
  void whatTheDataCannotSupportIsRefused() {
    assertThatThrownBy(() -> Threshold.derive(CALIBRATION, 101_000, 1, NO_FLOOR))
        .isInstanceOf(Threshold.UnsupportedRateException.class)
        .hasMessageContaining("list of 101000");
  }

  @Test
  void noDerivedThresholdIsAboveTheStrictest() throws Exception {
    assertThat(Threshold.derive(CALIBRATION, 99_900, 1, NO_FLOOR).similarity())
        .isLessThanOrEqualTo(Threshold.strictest(CALIBRATION));
  }

  @Test
  void withoutACalibrationNothingIsDerived() {
    Calibration none = Calibration.none(Scoring.COSINE);
    assertThatThrownBy(() -> Threshold.derive(none, 10, 1, NO_FLOOR))
        .isInstanceOf(Threshold.UnsupportedRateException.class);
  }

  @Test
  void aThresholdSetByHandSaysWhatToExpect() {
    Threshold byHand = Threshold.at(CALIBRATION, 100, new Similarity(0.3));
    assertThat(byHand.expectedFalseAlertsPerThousandFaces()).isCloseTo(10, within(1e-6));
  }

  @Test
  void aboveTheTableItsLastRateIsAnUpperLimit() {
    Threshold high = Threshold.at(CALIBRATION, 10, new Similarity(0.9));
    assertThat(high.upper95()).isCloseTo(0.001, within(1e-9));
  }
}
