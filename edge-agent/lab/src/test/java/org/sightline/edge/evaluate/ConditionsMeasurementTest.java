package org.sightline.edge.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.evaluate.Condition.Seen;
import org.sightline.edge.evaluate.Condition.Treatment;
import org.sightline.edge.evaluate.ConditionStep.Search;
import org.sightline.edge.evaluate.ConditionsMeasurement.Order;
import org.sightline.edge.evaluate.ConditionsMeasurement.Spread;
import org.sightline.edge.imaging.Degradation;
import org.sightline.edge.imaging.Resampler;

class ConditionsMeasurementTest {
  private static final Search HIT = search(true, true, true, 0.7);
  private static final Search WRONG_PERSON = search(true, true, false, 0.7);
  private static final Search NOT_WORTH_IT = search(true, false, true, 0.7);
  private static final Search NOT_FOUND = new Search(true, 1, false, false, false, null);
  private static final Search STRANGER = search(false, true, false, 0.2);
  private static final Search ALARMING_STRANGER = search(false, true, false, 0.6);
  private static final Search STRANGER_NOT_FOUND = new Search(false, 1, false, false, false, null);

  private static final Face FACE =
      new Face(
          new BoxPx(50, 40, 75, 100),
          new Landmarks(
              new PointPx(65, 80),
              new PointPx(110, 80),
              new PointPx(88, 100),
              new PointPx(70, 120),
              new PointPx(105, 120)),
          1);

  @ParameterizedTest
  @ValueSource(doubles = {16, 24, 80, 100})
  void aFaceIsShrunkToTheHeightAskedForWithItsPicture(double heightPx) {
    Treatment treatment = new Treatment(heightPx, new Degradation.None());
    Seen seen =
        treatment.of(new Seen(BgrPicture.allocate(180, 200), FACE), new Resampler(), new Random(1));
    assertThat(seen.face().box().height()).isCloseTo((float) heightPx, within(0.4f));
    assertThat(seen.picture().heightPx()).isEqualTo(Math.round(2 * heightPx));
    assertThat(seen.face().landmarks().leftEye().y())
        .isCloseTo((float) (0.8 * heightPx), within(0.4f));
  }

  @Test
  void noFaceIsEnlarged() {
    assertThat(new Treatment(100, new Degradation.None()).suits(FACE)).isTrue();
    assertThat(new Treatment(101, new Degradation.None()).suits(FACE)).isFalse();
  }

  @Test
  void everyConditionButTheHeightStartsFromTheSameUndegradedFace() {
    assertThat(Condition.all())
        .filteredOn(condition -> !condition.name().equals("faceHeight"))
        .hasSize(13)
        .allSatisfy(
            condition ->
                assertThat(condition.steps().get(0).treatment()).isEqualTo(Condition.USUAL));
  }

  @Test
  void aFaceNotFoundOrNotWorthItOrTakenForSomebodyElseIsAMiss() {
    ConditionStep step = step(HIT, WRONG_PERSON, NOT_WORTH_IT, NOT_FOUND);
    assertThat(step.tpir().count()).isEqualTo(1);
    assertThat(step.tpir().of()).isEqualTo(4);
    assertThat(step.detected().count()).isEqualTo(3);
    assertThat(step.embedded().count()).isEqualTo(2);
  }

  @Test
  void aStrangerNotFoundIsNoAlarmAndIsCounted() {
    ConditionStep step = step(STRANGER, ALARMING_STRANGER, STRANGER_NOT_FOUND);
    assertThat(step.fpir().count()).isEqualTo(1);
    assertThat(step.fpir().of()).isEqualTo(3);
  }

  @Test
  void withoutTheSelectionEveryFaceFoundCounts() {
    ConditionStep step = step(HIT, NOT_WORTH_IT, NOT_FOUND, STRANGER, STRANGER_NOT_FOUND);
    assertThat(step.anyView().tpir().count()).isEqualTo(2);
    assertThat(step.anyView().tpir().of()).isEqualTo(3);
    assertThat(step.anyView().fpir().of()).isEqualTo(1);
    assertThat(step.anyView().nonMatedSimilarity()).isEqualTo(0.2);
  }

  @Test
  void ofNothingThereIsNoShare() {
    ConditionStep step = step(HIT);
    assertThat(step.fpir()).isNull();
    assertThat(step.anyView().nonMatedSimilarity()).isNull();
  }

  @Test
  void theThresholdLetsOneInAHundredUndegradedStrangersPass() throws Exception {
    List<Search> undegraded = new ArrayList<>(List.of(HIT));
    for (int i = 0; i < 200; i++) {
      undegraded.add(search(false, true, false, i / 1000.0));
    }
    ConditionsMeasurement measured = measured(null, undegraded, Map.of());
    assertThat(measured.undegraded().fpir().count()).isEqualTo(2);
    assertThat(measured.setting().threshold()).isEqualTo(0.197, within(1e-9));
  }

  @Test
  void withoutAStrangerAThresholdHasToBeGiven() throws Exception {
    assertThatThrownBy(() -> measured(null, List.of(HIT), Map.of()))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("--threshold");
    assertThat(measured(0.5, List.of(HIT), Map.of()).setting().threshold()).isEqualTo(0.5);
  }

  @Test
  void poseIsReportedByTheClassOfTheUndegradedFace() throws Exception {
    List<Search> usual =
        List.of(
            new Search(true, 0.3, false, false, false, null),
            new Search(true, 0.8, true, true, true, 0.7));
    List<ConditionStep> pose =
        measured(0.5, usual, Map.of(Condition.USUAL, usual)).conditions().get(0).steps();
    assertThat(pose).extracting(ConditionStep::value).containsExactly(0.0, 0.4, 0.6, 0.8);
    assertThat(pose).extracting(ConditionStep::measured).containsExactly(1, 0, 0, 1);
    assertThat(pose.get(3).tpir().rate()).isEqualTo(1);
  }

  @Test
  void quantilesAreValuesOfTheSample() {
    assertThat(Spread.of(List.of(3.0, 1.0, 2.0))).isEqualTo(new Spread(1.0, 2.0, 3.0));
  }

  private static ConditionStep step(Search... searches) {
    return ConditionStep.of(1, List.of(searches), 0.5);
  }

  private static ConditionsMeasurement measured(
      @Nullable Double threshold, List<Search> undegraded, Map<Treatment, List<Search>> searches)
      throws SightlineException {
    return ConditionsMeasurement.of(
        new Order(9, 9, 16, 1, null, threshold),
        Scoring.COSINE,
        new ConditionsMeasurement.Enrolled(1, 0, new Enrolment(1, 0, List.of())),
        0,
        new Spread(1, 1, 1),
        undegraded,
        searches,
        List.of());
  }

  private static Search search(boolean mated, boolean selected, boolean right, double similarity) {
    return new Search(mated, 1, true, selected, right, similarity);
  }
}
