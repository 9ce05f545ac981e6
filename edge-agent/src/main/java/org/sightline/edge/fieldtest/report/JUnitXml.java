package org.sightline.edge.fieldtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.fieldtest.ExpectedPass;
import org.sightline.edge.fieldtest.FieldTestReport;
import org.sightline.edge.fieldtest.ScenarioRun;
import org.sightline.edge.plot.Markup;

/**
 * Field tests as build servers read them: a test suite for each scenario, with a test case for each
 * expected alert, one for false and one for repeated alerts, and one for the comparison with a
 * baseline if there was one.
 */
public final class JUnitXml {
  private JUnitXml() {}

  /**
   * A test case.
   *
   * @param fault what is wrong; null if nothing is
   * @param error whether it is no answer of the system under test
   */
  private record Case(String name, @Nullable String fault, boolean error) {
    static Case of(String name, List<String> faults) {
      return new Case(name, faults.isEmpty() ? null : String.join("\n", faults), false);
    }

    boolean failed() {
      return fault != null && !error;
    }
  }

  /** The text of {@code junit.xml}. */
  public static String of(String name, List<ScenarioRun> runs) {
    Markup xml = new Markup();
    List<Case> all = runs.stream().flatMap(run -> cases(run).stream()).toList();
    xml.open("testsuites", counts(name, all, runs.stream().mapToDouble(JUnitXml::seconds).sum()));
    for (ScenarioRun run : runs) {
      List<Case> cases = cases(run);
      xml.open("testsuite", counts(run.name(), cases, seconds(run)));
      cases.forEach(each -> write(xml, run.name(), each));
      xml.close();
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.close() + "\n";
  }

  private static Object[] counts(String name, List<Case> cases, double seconds) {
    return new Object[] {
      "name", name,
      "tests", cases.size(),
      "failures", cases.stream().filter(Case::failed).count(),
      "errors", cases.stream().filter(Case::error).count(),
      "skipped", 0,
      "time", String.format(Locale.ROOT, "%.3f", seconds)
    };
  }

  private static double seconds(ScenarioRun run) {
    return run.report() == null ? 0 : run.report().wallSeconds();
  }

  private static List<Case> cases(ScenarioRun run) {
    FieldTestReport report = run.report();
    if (report == null) {
      String why = run.failure() == null ? "" : run.failure().getMessage();
      return List.of(new Case("can be run", why, true));
    }
    List<Case> cases = new ArrayList<>();
    for (ExpectedPass pass : report.passes()) {
      cases.add(
          Case.of(
              String.format(
                  Locale.ROOT,
                  "alert for %s at %s, %.2f to %.2f s",
                  pass.subject(),
                  pass.camera(),
                  pass.fromSeconds(),
                  pass.toSeconds()),
              pass.alerted() ? List.of() : List.of("no alert was raised")));
    }
    cases.add(Case.of("no false alert", alerts(report, false)));
    cases.add(Case.of("no repeated alert", alerts(report, true)));
    if (run.comparison() != null) {
      cases.add(Case.of("nothing worse than the baseline", run.comparison().worse()));
    }
    return cases;
  }

  private static List<String> alerts(FieldTestReport report, boolean repeated) {
    return report.unexpected().stream()
        .filter(alert -> report.isRepeated(alert) == repeated)
        .map(
            alert ->
                String.format(
                    Locale.ROOT,
                    "%s at %s, %.2f s, similarity %.3f",
                    alert.subject(),
                    alert.camera(),
                    alert.seconds(),
                    alert.similarity()))
        .toList();
  }

  private static void write(Markup xml, String scenario, Case each) {
    xml.open("testcase", "classname", scenario, "name", each.name());
    if (each.fault() != null) {
      xml.element(
          each.error() ? "error" : "failure",
          each.fault(),
          "message",
          each.fault().lines().findFirst().orElse(""));
    }
    xml.close();
  }
}
