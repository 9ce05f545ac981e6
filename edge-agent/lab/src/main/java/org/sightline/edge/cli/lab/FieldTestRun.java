package org.sightline.edge.cli.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.ResultFile;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.cli.models.ModelsFolderOption;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;
import org.sightline.edge.fieldtest.Baseline;
import org.sightline.edge.fieldtest.FieldTestReport;
import org.sightline.edge.fieldtest.FieldTestReport.Recall;
import org.sightline.edge.fieldtest.Rates;
import org.sightline.edge.fieldtest.ScenarioRun;
import org.sightline.edge.fieldtest.Suite;
import org.sightline.edge.fieldtest.SuiteReport;
import org.sightline.edge.fieldtest.report.JUnitXml;
import org.sightline.edge.fieldtest.report.ReportPage;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sightline fieldtest run}. */
@Command(
    name = "run",
    description = {
      "Run scenarios through the real agent and score their alerts.",
      "Authority, device, authorisation, watchlist and broker are made for each run and thrown away"
          + " with it."
    },
    exitCodeList = {
      "0:all came as expected",
      "1:one did not, or is worse than the baseline",
      "2:one could not be run; the others are run all the same"
    },
    footer = {
      "",
      "The keys of scenarios and suites and the figures of the reports are described in"
          + " docs/field-tests.md.",
      "",
      "Example: sightline fieldtest run scenarios/corridor.yaml --report out"
    })
final class FieldTestRun implements Callable<Integer> {
  @Parameters(
      paramLabel = "FILE.yaml",
      arity = "1..*",
      description = "Scenarios, or a suite that names some.")
  private List<Path> files;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description =
          "Write report.json, junit.xml and report.html into this folder, which is made if need be;"
              + " of several scenarios suite.json, and report.json in a folder for each.")
  private @Nullable Path report;

  @Option(
      names = "--baseline",
      paramLabel = "REPORT.json",
      description =
          "Compare with an earlier report.json or suite.json; exit code 1 if something is worse.")
  private @Nullable Path baseline;

  @Mixin private ModelsFolderOption models;

  @Option(names = "--json", description = "Print the report as JSON instead of a summary.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    if (report != null) {
      requireWritable(report);
    }
    Suite suite = Suite.of(files);
    Baseline before = baseline == null ? null : Baseline.read(baseline);
    PrintWriter out = spec.commandLine().getOut();
    List<ScenarioRun> runs = suite.run(models.packs(), before, run -> report(run, suite, out));
    if (!suite.together()) {
      return one(runs.get(0), out);
    }
    SuiteReport result = SuiteReport.of(suite.name(), runs, before);
    PrintWriter where = json ? spec.commandLine().getErr() : out;
    result
        .scenariosNotRun()
        .forEach(
            each ->
                where.println("  WORSE           not run: " + each + ", which the baseline has"));
    if (report != null) {
      write(report.resolve("suite.json"), JsonOutput.text(result));
      for (ScenarioRun run : runs) {
        if (run.report() != null) {
          write(report.resolve(run.folder()).resolve("report.json"), JsonOutput.text(run.report()));
        }
      }
      write(report.resolve("junit.xml"), JUnitXml.of(result, runs));
      write(report.resolve("report.html"), ReportPage.of(result, runs));
    }
    if (json) {
      JsonOutput.print(out, result);
    } else {
      summarise(result, out);
    }
    if (runs.stream().anyMatch(run -> run.report() == null)) {
      return Sightline.EXIT_UNUSABLE;
    }
    return result.passed() ? 0 : Sightline.EXIT_NO;
  }

  /** A single scenario that could not be run is a failed command, and leaves no report. */
  private int one(ScenarioRun run, PrintWriter out) throws SightlineException {
    FieldTestReport result = run.report();
    if (result == null) {
      throw Objects.requireNonNull(run.failure());
    }
    if (report != null) {
      write(report.resolve("report.json"), JsonOutput.text(result));
      write(report.resolve("junit.xml"), JUnitXml.of(run));
      write(report.resolve("report.html"), ReportPage.of(run));
    }
    if (json) {
      JsonOutput.print(out, result);
    }
    return run.passed() ? 0 : Sightline.EXIT_NO;
  }

  private void report(ScenarioRun run, Suite suite, PrintWriter out) {
    if (run.report() != null && !json) {
      summarise(run.report(), out);
    }
    PrintWriter err = spec.commandLine().getErr();
    if (run.failure() != null && suite.together()) {
      err.println(run.name() + ": " + run.failure().getMessage());
    }
    if (run.comparison() != null) {
      PrintWriter where = json ? err : out;
      run.comparison().worse().forEach(line -> where.println("  WORSE           " + line));
      run.comparison().different().forEach(line -> where.println("  baseline        " + line));
    }
  }

  private static void write(Path file, String text) throws SightlineException {
    try {
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
    } catch (IOException e) {
      throw unwritable(file, SystemWords.of(e));
    }
    ResultFile.at(file).writeText(text.stripTrailing());
  }

  /** Minutes go into a run: where its report cannot be, it is not begun. */
  private static void requireWritable(Path report) throws SightlineException {
    Path existing = report.toAbsolutePath();
    while (Files.notExists(existing) && existing.getParent() != null) {
      existing = existing.getParent();
    }
    if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
      throw unwritable(report, existing + " cannot be written to");
    }
  }

  private static SightlineException unwritable(Path report, String reason) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "the report cannot be written",
        report.toString(),
        reason + "; choose a folder you may write");
  }

  private static void summarise(SuiteReport result, PrintWriter out) {
    long run = result.scenarios().stream().filter(line -> line.notRun() == null).count();
    out.printf("%s: %s%n", result.suite(), result.passed() ? "as expected" : "NOT as expected");
    out.printf("  scenarios run   %d of %d%n", run, result.scenarios().size());
    passes(
        out,
        result.recall(),
        result.alerts().falseAlerts(),
        result.tracks(),
        result.shares().rates());
  }

  private static void passes(
      PrintWriter out, Recall recall, int falseAlerts, long tracks, Rates rates) {
    out.printf(
        "  passes alerted  %d of %d expected, %d false alerts on %d tracks%n",
        recall.passesAlerted(), recall.passesExpected(), falseAlerts, tracks);
    Integer undetected = rates.walked().undetectedPasses();
    if (undetected != null && recall.missedPasses() > 0) {
      out.printf(
          "  missed          %d, of which the detector found no face in %d%n",
          recall.missedPasses(), undetected);
    }
    if (rates.intervals().tpirInterval() != null) {
      out.printf(
          Locale.ROOT,
          "  TPIR            %.3f, 95 %% between %.3f and %.3f%n",
          (double) recall.passesAlerted() / recall.passesExpected(),
          rates.intervals().tpirInterval().lower95(),
          rates.intervals().tpirInterval().upper95());
    }
  }

  private static void summarise(FieldTestReport result, PrintWriter out) {
    out.printf(
        "%s: %s%n", result.scenario(), result.asExpected() ? "as expected" : "NOT as expected");
    passes(
        out,
        result.recall(),
        result.score().alerts().falseAlerts(),
        result.traffic().tracks(),
        result.rates());
    out.printf(
        "  threshold       %.3f%s for %d listed%n",
        result.search().threshold(),
        result.search().thresholdExtrapolated() ? " (beyond the calibration)" : "",
        result.search().galleryEntries());
    out.printf(
        "  frames          %d read, %d passed over, %d processed, %d dropped, %.1f a second, %d"
            + " faces, %d embedded%n",
        result.traffic().frames().framesRead(),
        result.traffic().frames().framesPassedOver(),
        result.traffic().frames().framesProcessed(),
        result.traffic().frames().framesDropped(),
        result.speed().framesPerSecond(),
        result.traffic().facesDetected(),
        result.traffic().embeddings());
    if (result.traffic().unexpectedErrors().any()) {
      out.printf(
          "  errors          %s; see the log%n", result.traffic().unexpectedErrors().described());
    }
    result
        .lists()
        .raised()
        .forEach(
            alert ->
                out.printf(
                    "  alert           %s at %s, %.2f s, similarity %.3f%n",
                    alert.subject(), alert.camera(), alert.seconds(), alert.similarity()));
    result.lists().passes().stream()
        .filter(pass -> !pass.alerted())
        .forEach(
            missed ->
                out.printf(
                    Locale.ROOT,
                    "  missed          %s at %s, %.2f to %.2f s: %s%n",
                    missed.subject(),
                    missed.camera(),
                    missed.window().fromSeconds(),
                    missed.window().toSeconds(),
                    missed.whyMissed()));
    result.lists().refusedPictures().stream()
        .filter(line -> !line.startsWith("filler:"))
        .forEach(line -> out.println("  not enrolled    " + line));
  }
}
