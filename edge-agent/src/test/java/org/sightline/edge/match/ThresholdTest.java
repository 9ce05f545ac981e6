package org.sightline.edge.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Calibration.Point;
import org.sightline.edge.domain.Similarity;

class ThresholdTest {
  private static final Similarity NO_FLOOR = new Similarity(0);

  /** A tenth of the rate for every 0.1 of similarity. */
  private static final Calibration CALIBRATION =
      new Calibration(
          "drawn",
          1_000_000,
          List.of(
              new Point(0.1, 1e-1),
              new Point(0.2, 1e-2),
              new Point(0.3, 1e-3),
              new Point(0.4, 1e-4),
              new Point(0.5, 1e-5)));

  @Test
  void theThresholdKeepsTheAuthorisedRateAtTheLengthOfTheList() throws Exception {
    Threshold threshold = Threshold.derive(CALIBRATION, 10, 1, NO_FLOOR);
    assertThat(threshold.similarity().cosine()).isCloseTo(0.4, within(1e-9));
    assertThat(threshold.expectedFalseAlertsPerThousandFaces()).isCloseTo(1, within(1e-6));
    assertThat(threshold.extrapolated()).isFalse();
  }

  @Test
  void aLongerListRaisesTheThreshold() throws Exception {
    assertThat(Threshold.derive(CALIBRATION, 100, 1, NO_FLOOR).similarity())
        .isGreaterThan(Threshold.derive(CALIBRATION, 10, 1, NO_FLOOR).similarity());
  }

  @Test
  void theAuthorisedFloorIsNeverUndercut() throws Exception {
    Threshold threshold = Threshold.derive(CALIBRATION, 10, 1, new Similarity(0.45));
    assertThat(threshold.similarity().cosine()).isEqualTo(0.45);
    assertThat(threshold.expectedFalseAlertsPerThousandFaces()).isLessThan(1);
  }

  @Test
  void aRateJustBeyondTheTableIsExtrapolatedAndSaidToBe() throws Exception {
    Threshold threshold = Threshold.derive(CALIBRATION, 1000, 1, NO_FLOOR);
    assertThat(threshold.similarity().cosine()).isCloseTo(0.6, within(1e-9));
    assertThat(threshold.extrapolated()).isTrue();
  }

  @Test
  void aRateFarBeyondTheTableIsRefused() {
    assertThatThrownBy(() -> Threshold.derive(CALIBRATION, 1_000_000, 1, NO_FLOOR))
        .isInstanceOf(Threshold.UnsupportedRateException.class)
        .hasMessageContaining("list of 1000000");
  }

  @Test
  void noDerivedThresholdIsAboveTheStrictest() throws Exception {
    assertThat(Threshold.strictest(CALIBRATION).cosine()).isCloseTo(0.7, within(1e-9));
    assertThat(Threshold.derive(CALIBRATION, 9_999, 1, NO_FLOOR).similarity())
        .isLessThanOrEqualTo(Threshold.strictest(CALIBRATION));
  }

  @Test
  void withoutACalibrationNothingIsDerived() {
    assertThatThrownBy(
            () -> Threshold.derive(new Calibration("none", 0, List.of()), 10, 1, NO_FLOOR))
        .isInstanceOf(Threshold.UnsupportedRateException.class);
  }

  @Test
  void aThresholdSetByHandSaysWhatToExpect() {
    assertThat(
            Threshold.at(CALIBRATION, 100, new Similarity(0.4))
                .expectedFalseAlertsPerThousandFaces())
        .isCloseTo(10, within(1e-6));
  }
}
