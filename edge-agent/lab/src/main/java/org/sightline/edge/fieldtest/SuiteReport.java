package org.sightline.edge.fieldtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What came of several scenarios together; written as {@code suite.json}. The figures are those of
 * a {@link FieldTestReport}, added up over the scenarios that could be run.
 *
 * @param passed whether every scenario could be run and came as expected, and nothing got worse
 * @param scenariosNotRun folders of the baseline's scenarios that are not among these, which is
 *     worse
 */
public record SuiteReport(
    String suite,
    boolean passed,
    List<Line> scenarios,
    List<String> scenariosNotRun,
    int passesExpected,
    int passesAlerted,
    int missedPasses,
    long tracks,
    int alerts,
    int trueAlerts,
    int falseAlerts,
    @Nullable Double tpir,
    @Nullable Double fpirPerTrack,
    @JsonUnwrapped Rates rates) {
  public SuiteReport {
    scenarios = List.copyOf(scenarios);
    scenariosNotRun = List.copyOf(scenariosNotRun);
  }

  /**
   * One scenario.
   *
   * @param folder where its report.json is, from suite.json
   * @param asExpected null if it could not be run, as the counts
   * @param notRun why it could not be run; null if it was
   * @param worse what got worse since the baseline
   */
  public record Line(
      String scenario,
      String folder,
      @Nullable Boolean asExpected,
      @Nullable Integer passesExpected,
      @Nullable Integer passesAlerted,
      @Nullable Integer falseAlerts,
      @Nullable String notRun,
      List<String> worse) {
    static Line of(ScenarioRun run) {
      FieldTestReport report = run.report();
      return new Line(
          run.name(),
          run.folder(),
          report == null ? null : report.asExpected(),
          report == null ? null : report.passesExpected(),
          report == null ? null : report.passesAlerted(),
          report == null ? null : report.falseAlerts(),
          run.failure() == null ? null : run.failure().getMessage(),
          run.comparison() == null ? List.of() : run.comparison().worse());
    }
  }

  /**
   * Adds them up.
   *
   * @param baseline what they were compared with; null for nothing
   */
  public static SuiteReport of(String suite, List<ScenarioRun> runs, @Nullable Baseline baseline) {
    List<String> notRun = baseline == null ? List.of() : baseline.notAmong(runs);
    List<FieldTestReport> reports =
        runs.stream().map(ScenarioRun::report).filter(Objects::nonNull).toList();
    int expected = reports.stream().mapToInt(FieldTestReport::passesExpected).sum();
    int alerted = reports.stream().mapToInt(FieldTestReport::passesAlerted).sum();
    long tracks = reports.stream().mapToLong(FieldTestReport::tracks).sum();
    int falseAlerts = reports.stream().mapToInt(FieldTestReport::falseAlerts).sum();
    return new SuiteReport(
        suite,
        notRun.isEmpty() && runs.stream().allMatch(ScenarioRun::passed),
        runs.stream().map(Line::of).toList(),
        notRun,
        expected,
        alerted,
        expected - alerted,
        tracks,
        reports.stream().mapToInt(FieldTestReport::alerts).sum(),
        alerted,
        falseAlerts,
        FieldTestReport.ratio(alerted, expected),
        FieldTestReport.ratio(falseAlerts, (double) tracks),
        Rates.pooled(reports));
  }
}
