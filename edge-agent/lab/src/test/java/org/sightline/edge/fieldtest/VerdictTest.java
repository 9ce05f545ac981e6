package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.fieldtest.ScenarioSettings.ExpectedAlert;

class VerdictTest {
  private static final CameraId MAST = new CameraId("mast-1");

  @Test
  void anAlertInsideItsWindowIsTrue() {
    Verdict verdict = Verdict.of(List.of(expected("S-1", 1, 4)), List.of(raised("S-1", 2)));
    assertThat(verdict.trueAlerts()).hasSize(1);
    assertThat(verdict.asExpected()).isTrue();
  }

  @Test
  void anAlertForAnotherSubjectIsFalseAndThePassIsMissed() {
    Verdict verdict = Verdict.of(List.of(expected("S-1", 1, 4)), List.of(raised("S-2", 2)));
    assertThat(verdict.falseAlerts()).hasSize(1);
    assertThat(verdict.missed()).hasSize(1);
  }

  @Test
  void anAlertOutsideItsWindowIsFalse() {
    assertThat(
            Verdict.of(List.of(expected("S-1", 1, 4)), List.of(raised("S-1", 4.2))).falseAlerts())
        .hasSize(1);
  }

  @Test
  void ofAlertsOutsideTheWindowTheNearestIsNamed() {
    ExpectedAlert expected = expected("S-1", 5, 8);
    Verdict verdict =
        Verdict.of(
            List.of(expected), List.of(raised("S-1", 1), raised("S-1", 9), raised("S-2", 4.9)));
    assertThat(verdict.outside(expected, List.of(expected))).isEqualTo(raised("S-1", 9));
  }

  @Test
  void aRepeatedAlertOfAnotherPassIsNotThatOfTheMissedOne() {
    List<ExpectedAlert> expected = List.of(expected("S-1", 0, 4), expected("S-1", 5, 8));
    Verdict verdict = Verdict.of(expected, List.of(raised("S-1", 2), raised("S-1", 3)));
    assertThat(verdict.outside(expected.get(1), expected)).isNull();
  }

  @Test
  void aRepeatedAlertIsFalse() {
    Verdict verdict =
        Verdict.of(List.of(expected("S-1", 1, 4)), List.of(raised("S-1", 2), raised("S-1", 3)));
    assertThat(verdict.trueAlerts()).hasSize(1);
    assertThat(verdict.falseAlerts()).hasSize(1);
  }

  @Test
  void overlappingWindowsAreBothMet() {
    Verdict verdict =
        Verdict.of(
            List.of(expected("S-1", 0, 10), expected("S-1", 0, 3)),
            List.of(raised("S-1", 2), raised("S-1", 8)));
    assertThat(verdict.asExpected()).isTrue();
  }

  @Test
  void nothingExpectedAndNothingRaisedIsAsExpected() {
    assertThat(Verdict.of(List.of(), List.of()).asExpected()).isTrue();
  }

  private static ExpectedAlert expected(String subject, double from, double to) {
    return new ExpectedAlert(new SubjectRef(subject), MAST, from, to);
  }

  private static RaisedAlert raised(String subject, double seconds) {
    return new RaisedAlert(new SubjectRef(subject), MAST, seconds, 0.7, null);
  }
}
