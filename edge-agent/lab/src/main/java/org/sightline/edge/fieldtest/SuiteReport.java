package org.sightline.edge.fieldtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.fieldtest.FieldTestReport.AlertCounts;
import org.sightline.edge.fieldtest.FieldTestReport.Recall;
import org.sightline.edge.fieldtest.FieldTestReport.Shares;

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
    @JsonUnwrapped Recall recall,
    long tracks,
    @JsonUnwrapped AlertCounts alerts,
    @JsonUnwrapped Shares shares) {
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
          report == null ? null : report.recall().passesExpected(),
          report == null ? null : report.recall().passesAlerted(),
          report == null ? null : report.score().alerts().falseAlerts(),
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
    Recall recall =
        Recall.of(
            reports.stream().mapToInt(report -> report.recall().passesExpected()).sum(),
            reports.stream().mapToInt(report -> report.recall().passesAlerted()).sum());
    long tracks = reports.stream().mapToLong(report -> report.traffic().tracks()).sum();
    List<AlertCounts> alerts = reports.stream().map(report -> report.score().alerts()).toList();
    int falseAlerts = alerts.stream().mapToInt(AlertCounts::falseAlerts).sum();
    List<Rates> rates = reports.stream().map(FieldTestReport::rates).toList();
    return new SuiteReport(
        suite,
        notRun.isEmpty() && runs.stream().allMatch(ScenarioRun::passed),
        runs.stream().map(Line::of).toList(),
        notRun,
        recall,
        tracks,
        new AlertCounts(
            alerts.stream().mapToInt(AlertCounts::alerts).sum(),
            recall.passesAlerted(),
            falseAlerts),
        Shares.of(recall, falseAlerts, tracks, Rates.pooled(recall, tracks, falseAlerts, rates)));
  }
}
