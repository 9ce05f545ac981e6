package org.sightline.edge.fieldtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.sightline.edge.fieldtest.Comparison;
import org.sightline.edge.fieldtest.ExpectedPass;
import org.sightline.edge.fieldtest.FieldTestReport;
import org.sightline.edge.fieldtest.ScenarioRun;
import org.sightline.edge.fieldtest.SuiteReport;
import org.sightline.edge.plot.Markup;

/**
 * Field tests as build servers read them: a test suite for each scenario, with a test case for each
 * expected alert, one for false and one for repeated alerts, and one for the comparison with a
 * baseline if there was one; skipped where the baseline has no such scenario. A scenario that the
 * baseline has and that was not run fails.
 */
public final class JUnitXml {
  private static final String NOT_WORSE = "nothing worse than the baseline";

  private JUnitXml() {}

  /** What became of a test case; all but the first are elements of the format, in lower case. */
  private enum Outcome {
    PASSED,
    FAILURE,
    /** No answer of the system under test. */
    ERROR,
    SKIPPED
  }

  /**
   * A test case.
   *
   * @param why it has not passed; empty if it has
   */
  private record Case(String name, Outcome outcome, String why) {
    static Case of(String name, List<String> faults) {
      return new Case(
          name, faults.isEmpty() ? Outcome.PASSED : Outcome.FAILURE, String.join("\n", faults));
    }
  }

  private record TestSuite(String name, List<Case> cases, double seconds) {
    static TestSuite of(ScenarioRun run) {
      return new TestSuite(
          run.name(),
          JUnitXml.cases(run),
          run.report() == null ? 0 : run.report().speed().wallSeconds());
    }

    static TestSuite notRun(String scenario) {
      return new TestSuite(
          scenario, List.of(Case.of(NOT_WORSE, List.of("it was not run; the baseline has it"))), 0);
    }
  }

  /** The text of {@code junit.xml} of one scenario. */
  public static String of(ScenarioRun run) {
    return of(run.name(), List.of(TestSuite.of(run)));
  }

  /** The text of {@code junit.xml} of several. */
  public static String of(SuiteReport suite, List<ScenarioRun> runs) {
    return of(
        suite.suite(),
        Stream.concat(
                runs.stream().map(TestSuite::of),
                suite.scenariosNotRun().stream().map(TestSuite::notRun))
            .toList());
  }

  private static String of(String name, List<TestSuite> suites) {
    Markup xml = new Markup();
    List<Case> all = suites.stream().flatMap(suite -> suite.cases().stream()).toList();
    double seconds = suites.stream().mapToDouble(TestSuite::seconds).sum();
    xml.open("testsuites", counts(name, all, seconds));
    for (TestSuite suite : suites) {
      xml.open("testsuite", counts(suite.name(), suite.cases(), suite.seconds()));
      suite.cases().forEach(each -> write(xml, suite.name(), each));
      xml.close();
    }
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + xml.close() + "\n";
  }

  private static Object[] counts(String name, List<Case> cases, double seconds) {
    return new Object[] {
      "name", name,
      "tests", cases.size(),
      "failures", count(cases, Outcome.FAILURE),
      "errors", count(cases, Outcome.ERROR),
      "skipped", count(cases, Outcome.SKIPPED),
      "time", String.format(Locale.ROOT, "%.3f", seconds)
    };
  }

  private static long count(List<Case> cases, Outcome outcome) {
    return cases.stream().filter(each -> each.outcome() == outcome).count();
  }

  private static List<Case> cases(ScenarioRun run) {
    FieldTestReport report = run.report();
    if (report == null) {
      String why = run.failure() == null ? "" : run.failure().getMessage();
      return List.of(new Case("can be run", Outcome.ERROR, why));
    }
    List<Case> cases = new ArrayList<>();
    for (ExpectedPass pass : report.lists().passes()) {
      cases.add(
          Case.of(
              String.format(
                  Locale.ROOT,
                  "alert for %s at %s, %.2f to %.2f s",
                  pass.subject(),
                  pass.camera(),
                  pass.window().fromSeconds(),
                  pass.window().toSeconds()),
              pass.alerted() ? List.of() : List.of(pass.whyMissed())));
    }
    cases.add(Case.of("no false alert", alerts(report, false)));
    cases.add(Case.of("no repeated alert", alerts(report, true)));
    Comparison comparison = run.comparison();
    if (comparison != null) {
      cases.add(
          comparison.compared()
              ? Case.of(NOT_WORSE, comparison.worse())
              : new Case(NOT_WORSE, Outcome.SKIPPED, String.join("\n", comparison.different())));
    }
    return cases;
  }

  private static List<String> alerts(FieldTestReport report, boolean repeated) {
    return report.lists().unexpected().stream()
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
    if (each.outcome() != Outcome.PASSED) {
      xml.element(
          each.outcome().name().toLowerCase(Locale.ROOT),
          each.why(),
          "message",
          each.why().lines().findFirst().orElse(""));
    }
    xml.close();
  }
}
