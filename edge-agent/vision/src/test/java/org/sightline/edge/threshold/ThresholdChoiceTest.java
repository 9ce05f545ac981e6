package org.sightline.edge.threshold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Calibration.Point;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;

/** One false alert in 1,000 faces on a list of ten is derived as 0.3 here. */
class ThresholdChoiceTest {
  private static final Calibration CALIBRATION =
      new Calibration(
          "drawn",
          Scoring.COSINE,
          null,
          null,
          1_000_000,
          List.of(point(0.1, 1e-2), point(0.3, 1e-4), point(0.5, 1e-6)),
          List.of());

  private static Point point(double similarity, double rate) {
    return new Point(similarity, rate, rate / 10, rate * 10, true);
  }

  private static double chosen(@Nullable Double byHand, double floor) throws SightlineException {
    return chosen(CALIBRATION, byHand, 10, floor);
  }

  private static double chosen(
      Calibration calibration, @Nullable Double byHand, int entries, double floor)
      throws SightlineException {
    return Math.round(
            1e6
                * ThresholdChoice.of(
                        calibration,
                        "pack",
                        byHand == null ? null : new Similarity(byHand),
                        entries,
                        1,
                        new Similarity(floor))
                    .similarity()
                    .cosine())
        / 1e6;
  }

  @Test
  void aThresholdByHandDoesNotLowerTheDerivedOne() throws Exception {
    assertThat(chosen(0.2, 0.1)).isEqualTo(0.3);
  }

  @Test
  void aThresholdByHandRaisesTheDerivedOne() throws Exception {
    assertThat(chosen(0.4, 0.1)).isEqualTo(0.4);
  }

  @Test
  void theFloorRaisesTheDerivedOne() throws Exception {
    assertThat(chosen(null, 0.45)).isEqualTo(0.45);
  }

  @ParameterizedTest
  @CsvSource({
    "0.3,    , 10, derived for 10 entries",
    "0.3, 0.2,  1, derived for 1 entry",
    "0.4, 0.4, 10, set by hand",
    "0.2,    , 10, the authorised floor"
  })
  void theReasonIsWhichOfThemWasChosen(
      double chosen, @Nullable Double byHand, int entries, String reason) {
    assertThat(
            ThresholdChoice.reason(
                new Similarity(chosen),
                byHand == null ? null : new Similarity(byHand),
                entries,
                new Similarity(0.2)))
        .isEqualTo(reason);
  }

  @Test
  void aThresholdByHandDoesNotStandInForARateThatTheCalibrationCannotSupport() {
    assertThatThrownBy(() -> chosen(CALIBRATION, 0.4, 1_000_000, 0.1))
        .isInstanceOf(SightlineException.class);
  }

  @Test
  void withoutACalibrationTheThresholdIsTheOneByHand() throws Exception {
    assertThat(chosen(Calibration.none(Scoring.COSINE), 0.4, 10, 0.1)).isEqualTo(0.4);
  }

  @ParameterizedTest
  @CsvSource({
    "retail-0095,, true",
    "retail-0095, lfw-dev, true",
    "retail-0095, generated, false",
    "opencv-zoo,, false"
  })
  void theOwnCalibrationOfAPackIsItsFirst(String pack, @Nullable String chosen, boolean own)
      throws Exception {
    ModelPack manifest = ModelPacks.at(Path.of("nowhere")).manifest(pack);
    assertThat(ThresholdChoice.isOwn(manifest, chosen)).isEqualTo(own);
  }
}
