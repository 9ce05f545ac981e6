package org.sightline.edge.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.ScenarioSettings;
import org.sightline.edge.fieldtest.FieldTest;
import org.sightline.edge.fieldtest.FieldTestException;
import org.sightline.edge.fieldtest.FieldTestReport;
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
      "Run a scenario through the real agent and score its alerts.",
      "Authority, device, authorisation, watchlist and broker are made for the run and thrown away"
          + " with it."
    },
    footer = {
      "",
      "The scenario's keys and the report's figures are described in docs/field-tests.md.",
      "Exit codes: 0 as expected, 1 not as expected, 2 could not be run.",
      "",
      "Example: sightline fieldtest run scenarios/corridor.yaml --report out"
    })
final class FieldTestRun implements Callable<Integer> {
  @Parameters(paramLabel = "SCENARIO.yaml", description = "The scenario.")
  private Path scenario;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.json into this folder, which is made if need be.")
  private @Nullable Path report;

  @Mixin private ModelsFolderOption models;

  @Option(names = "--json", description = "Print the report as JSON instead of a summary.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    FieldTestReport result = FieldTest.run(ScenarioSettings.read(scenario), models.packs());
    if (report != null) {
      write(report, JsonOutput.text(result));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, result);
    } else {
      summarise(result, out);
    }
    return result.asExpected() ? 0 : Sightline.EXIT_NO;
  }

  private static void write(Path folder, String text) throws FieldTestException {
    try {
      Files.createDirectories(folder);
      Files.writeString(folder.resolve("report.json"), text + "\n");
    } catch (IOException e) {
      throw new FieldTestException(
          "the report cannot be written", folder.toString(), "choose a folder you may write", e);
    }
  }

  private static void summarise(FieldTestReport result, PrintWriter out) {
    out.printf(
        "%s: %s%n", result.scenario(), result.asExpected() ? "as expected" : "NOT as expected");
    out.printf(
        "  passes alerted  %d of %d expected, %d false alerts on %d tracks%n",
        result.passesAlerted(), result.passesExpected(), result.falseAlerts(), result.tracks());
    out.printf(
        "  threshold       %.3f%s for %d listed%n",
        result.threshold(),
        result.thresholdExtrapolated() ? " (beyond the calibration)" : "",
        result.galleryEntries());
    out.printf(
        "  frames          %d read, %d processed, %d dropped, %.1f a second, %d faces, %d"
            + " embedded%n",
        result.framesRead(),
        result.framesProcessed(),
        result.framesDropped(),
        result.framesPerSecond(),
        result.facesDetected(),
        result.embeddings());
    result
        .raised()
        .forEach(
            alert ->
                out.printf(
                    "  alert           %s at %s, %.2f s, similarity %.3f%n",
                    alert.subject(), alert.camera(), alert.seconds(), alert.similarity()));
    result
        .missed()
        .forEach(
            missed ->
                out.printf(
                    "  missed          %s at %s, %.2f to %.2f s%n",
                    missed.subject(), missed.camera(), missed.fromSeconds(), missed.toSeconds()));
    result.refusedPictures().stream()
        .filter(line -> !line.startsWith("filler:"))
        .forEach(line -> out.println("  not enrolled    " + line));
  }
}
