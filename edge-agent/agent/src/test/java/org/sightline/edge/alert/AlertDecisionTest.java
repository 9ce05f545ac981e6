package org.sightline.edge.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.sightline.edge.alert.AlertDecision.Outcome;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;

class AlertDecisionTest {
  private static final SubjectRef SHE = new SubjectRef("S-1");
  private static final SubjectRef HE = new SubjectRef("S-2");
  private final AlertDecision decision = new AlertDecision(AlertSettings.of(new Similarity(0.5)));

  @Test
  void belowTheThresholdThePassStaysOpen() {
    assertThat(consider(0, 1, 5, SHE, 0.49)).isEqualTo(Outcome.OPEN);
  }

  @Test
  void enoughViewsAtTheThresholdRaiseAnAlert() {
    assertThat(consider(0, 1, 2, SHE, 0.5)).isEqualTo(Outcome.RAISE);
  }

  @Test
  void oneViewAloneHasToBeOverwhelming() {
    assertThat(consider(0, 1, 1, SHE, 0.6)).isEqualTo(Outcome.OPEN);
    assertThat(consider(0, 1, 1, SHE, 0.66)).isEqualTo(Outcome.RAISE);
  }

  @Test
  void aDecidedPassIsNotDecidedAgain() {
    consider(0, 1, 2, SHE, 0.7);
    assertThat(decision.isDecided(1)).isTrue();
    assertThat(consider(1, 1, 3, HE, 0.9)).isEqualTo(Outcome.OPEN);
  }

  @Test
  void aSubjectFoundAgainAtOnceIsStillTheSamePass() {
    consider(0, 1, 2, SHE, 0.7);
    decision.seen(at(10), 1);
    decision.ended(1);
    assertThat(consider(12.5, 2, 2, SHE, 0.7)).isEqualTo(Outcome.CONTINUED);
  }

  @Test
  void aSubjectWhoComesBackLaterIsANewPass() {
    consider(0, 1, 2, SHE, 0.7);
    decision.seen(at(10), 1);
    decision.ended(1);
    decision.forgetBefore(at(14));
    assertThat(consider(14, 2, 2, SHE, 0.7)).isEqualTo(Outcome.RAISE);
  }

  @Test
  void twoSubjectsAtOnceRaiseAnAlertEach() {
    assertThat(consider(0, 1, 2, SHE, 0.7)).isEqualTo(Outcome.RAISE);
    assertThat(consider(0, 2, 2, HE, 0.7)).isEqualTo(Outcome.RAISE);
  }

  private Outcome consider(
      double seconds, long pass, int shots, SubjectRef subject, double cosine) {
    return decision.consider(
        at(seconds), pass, shots, subject, new Similarity(cosine), new Similarity(0.5));
  }

  private static Duration at(double seconds) {
    return Duration.ofMillis((long) (seconds * 1000));
  }
}
