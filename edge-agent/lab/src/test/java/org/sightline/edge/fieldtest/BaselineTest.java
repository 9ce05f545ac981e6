package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.sightline.edge.fieldtest.ScoredStreet.expectingBothAtBothCameras;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class BaselineTest {
  @TempDir private Path folder;

  private Comparison compared(ScoredStreet before, ScoredStreet now) throws Exception {
    return Baseline.read(written(before)).comparedWith("corridor", now.report());
  }

  private Path written(ScoredStreet street) throws Exception {
    return Files.writeString(
        folder.resolve("report.json"), JsonMapper.shared().writeValueAsString(street.report()));
  }

  @Test
  void theSameIsNotWorse() throws Exception {
    assertThat(
            compared(
                    expectingBothAtBothCameras()
                        .raisedAsExpected()
                        .raised("S-1", "mast-1", 30, 0.6),
                    expectingBothAtBothCameras()
                        .raisedAsExpected()
                        .raised("S-1", "mast-1", 31, 0.6))
                .worse())
        .isEmpty();
  }

  @Test
  void aPassThatIsAlertedNoMoreIsWorse() throws Exception {
    assertThat(
            compared(
                    expectingBothAtBothCameras().raisedAsExpected(),
                    expectingBothAtBothCameras()
                        .raised("S-1", "mast-1", 2, 0.7)
                        .raised("S-2", "mast-1", 12, 0.7)
                        .raised("S-1", "mast-2", 2, 0.7))
                .worse())
        .containsExactly("no alert any more: S-2 at mast-2, 10.00 to 15.00 s");
  }

  @Test
  void aNewFalseAlertIsWorse() throws Exception {
    assertThat(
            compared(
                    expectingBothAtBothCameras().raised("S-1", "mast-1", 30, 0.6),
                    expectingBothAtBothCameras()
                        .raised("S-1", "mast-1", 30, 0.6)
                        .raised("S-1", "mast-1", 40, 0.61))
                .worse())
        .containsExactly("new false alert: S-1 at mast-1, 40.00 s, similarity 0.610");
  }

  @Test
  void aPassThatIsAlertedNowIsReportedAndNotWorse() throws Exception {
    Comparison comparison =
        compared(
            expectingBothAtBothCameras(),
            expectingBothAtBothCameras().raised("S-1", "mast-2", 2, 0.7));
    assertThat(comparison.worse()).isEmpty();
    assertThat(comparison.different()).contains("alerted now: S-1 at mast-2");
  }

  @Test
  void whereThePassesAreOthersALowerRateIsWorseOnlyBelowTheInterval() throws Exception {
    // Of four out of four the interval begins at 0.398: one of three lies below it.
    ScoredStreet before = expectingBothAtBothCameras().raisedAsExpected();
    ScoredStreet now =
        expectingBothAtBothCameras().withoutExpectation(0).raised("S-2", "mast-1", 12, 0.7);
    assertThat(compared(before, now).worse()).anyMatch(line -> line.startsWith("TPIR 0.333"));
  }

  @Test
  void latencyIsReportedAndNeverWorse() throws Exception {
    Comparison comparison = compared(expectingBothAtBothCameras(), expectingBothAtBothCameras());
    assertThat(comparison.worse()).isEmpty();
    assertThat(comparison.different())
        .containsExactly("capture to receiver, p95: 110 ms, was 110 ms");
  }

  @Test
  void theReportsOfASuiteAreFoundBesideIt() throws Exception {
    ScoredStreet street = expectingBothAtBothCameras().raisedAsExpected();
    SuiteReport suite = SuiteReport.of("both", List.of(street.run()), null);
    Path file =
        Files.writeString(
            folder.resolve("suite.json"), JsonMapper.shared().writeValueAsString(suite));
    Files.createDirectory(folder.resolve("corridor"));
    Files.move(written(street), folder.resolve("corridor/report.json"));
    assertThat(Baseline.read(file).comparedWith("corridor", street.report()).different())
        .containsExactly("capture to receiver, p95: 110 ms, was 110 ms");
  }

  @Test
  void aScenarioThatTheBaselineHasNotIsNotCompared() throws Exception {
    Baseline baseline = Baseline.read(written(expectingBothAtBothCameras()));
    Comparison comparison = baseline.comparedWith("other", expectingBothAtBothCameras().report());
    assertThat(comparison.compared()).isFalse();
    assertThat(comparison.different()).containsExactly("the baseline has no such scenario");
  }

  @Test
  void aScenarioThatASuiteNoLongerRunsIsWorse() throws Exception {
    Baseline baseline = Baseline.read(written(expectingBothAtBothCameras().named("second")));
    ScenarioRun other = expectingBothAtBothCameras().raisedAsExpected().run();
    SuiteReport suite = SuiteReport.of("alone", List.of(other), baseline);
    assertThat(suite.scenariosNotRun()).containsExactly("second");
    assertThat(suite.passed()).isFalse();
  }

  @Test
  void aShorterListIsReported() throws Exception {
    Path before = written(expectingBothAtBothCameras());
    Files.writeString(
        before, Files.readString(before).replace("\"galleryEntries\":2", "\"galleryEntries\":3"));
    assertThat(
            Baseline.read(before)
                .comparedWith("corridor", expectingBothAtBothCameras().report())
                .different())
        .contains("listed: 2, was 3");
  }

  @Test
  void aPictureThatWasEnrolledBeforeAndIsNoMoreIsReported() throws Exception {
    Path before = written(expectingBothAtBothCameras());
    Files.writeString(before, Files.readString(before).replace("S-1: a.png", "S-1: b.png"));
    assertThat(
            Baseline.read(before)
                .comparedWith("corridor", expectingBothAtBothCameras().report())
                .different())
        .anyMatch(line -> line.startsWith("not enrolled now: S-1: a.png"));
  }

  @Test
  void whatCannotBeComparedIsReported() throws Exception {
    Path file = Files.writeString(folder.resolve("old.json"), "{\"scenario\": \"corridor\"}");
    assertThatThrownBy(() -> Baseline.read(file)).hasMessageContaining(file.toString());
  }
}
