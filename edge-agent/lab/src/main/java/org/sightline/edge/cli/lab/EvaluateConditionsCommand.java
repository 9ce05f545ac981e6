package org.sightline.edge.cli.lab;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.ResultFile;
import org.sightline.edge.cli.models.PackOptions;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.evaluate.ConditionStep;
import org.sightline.edge.evaluate.ConditionsMeasurement;
import org.sightline.edge.evaluate.SubjectFolders;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.statistics.Proportion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What small and poor faces cost. */
@Command(
    name = "conditions",
    description = {
      "Measures how detection and identification suffer from small faces, blur, light, covering,"
          + " compression, hats, masks, glasses, tilted heads, rain and pose, one at a time.",
      "The first picture of a person with several is listed, by the rules of watchlist build, which"
          + " name each that they refuse; the second is searched for in every"
          + " condition; people with one picture are not listed and searched for likewise. A face"
          + " is shrunk, never enlarged: each step says how many were measured."
    },
    footer = {
      "",
      "Example:",
      "  sightline evaluate conditions --images lfw --json conditions.json --seed 1"
    })
final class EvaluateConditionsCommand implements Callable<Integer> {
  @Spec private CommandSpec command;

  @Option(
      names = "--images",
      required = true,
      paramLabel = "DIR",
      description = "Folder with a folder of pictures for each person.")
  private Path images;

  @Option(
      names = "--json",
      required = true,
      paramLabel = "OUT",
      description = "File for the result.")
  private Path json;

  @Option(
      names = "--condition",
      paramLabel = "NAME",
      description = "Only this one, and the pose; may be repeated (default: all).")
  private List<String> conditions = List.of();

  @Option(
      names = "--most-listed",
      paramLabel = "N",
      defaultValue = "150",
      description = "At most so many people are listed (default: ${DEFAULT-VALUE}).")
  private int mostListed;

  @Option(
      names = "--most-others",
      paramLabel = "N",
      defaultValue = "300",
      description = "At most so many others are searched for (default: ${DEFAULT-VALUE}).")
  private int mostOthers;

  @Option(
      names = "--smallest-face",
      paramLabel = "PX",
      defaultValue = "16",
      description =
          "Height of the smallest face that the detector is set up for, as smallestFacePx of the"
              + " agent (default: ${DEFAULT-VALUE}).")
  private int smallestFacePx;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Chooses the people and the directions of motion (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--threshold",
      paramLabel = "SIMILARITY",
      description =
          "From which a search gives a candidate (default: at which at most 1 %% of the others'"
              + " undegraded pictures give one).")
  private @Nullable Double threshold;

  @Mixin private ScoringOption scoring;

  @Mixin private PackOptions pack;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    List<String> names = ConditionsMeasurement.names();
    for (String condition : conditions) {
      if (!names.contains(condition)) {
        throw new ParameterException(
            command.commandLine(),
            "unknown condition '" + condition + "' (one of " + String.join(", ", names) + ")");
      }
    }
    if (mostListed < 1 || mostOthers < 0 || smallestFacePx < 1) {
      throw new ParameterException(
          command.commandLine(),
          "--most-listed and --smallest-face are at least 1, --most-others is at least 0");
    }
    SubjectFolders folders = SubjectFolders.in(images);
    ResultFile file = ResultFile.at(json);
    InstalledPack installed = pack.installed();
    PrintWriter err = command.commandLine().getErr();
    ConditionsMeasurement measured =
        ConditionsMeasurement.measure(
            installed,
            EnrolmentLines.calibration(installed.manifest()),
            folders,
            conditions.isEmpty() ? names : conditions,
            new ConditionsMeasurement.Order(
                mostListed,
                mostOthers,
                smallestFacePx,
                seed,
                scoring.with(installed.manifest()),
                threshold),
            new PictureCount(err));
    file.write(Measured.with(installed.manifest(), measured));
    EnrolmentLines.print(
        measured.enrolled().enrolment(), measured.enrolled().failuresToEnrol(), err);
    print(measured, err);
    return 0;
  }

  private static void print(ConditionsMeasurement measured, PrintWriter err) {
    err.printf(
        Locale.ROOT,
        "%s threshold %.4f, %d listed, %d pictures to be searched for left out without a face%n",
        measured.setting().scoring().word(),
        measured.setting().threshold(),
        measured.enrolled().listed(),
        measured.unusable());
    err.printf(
        Locale.ROOT,
        "%-18s %8s %9s %10s %10s %10s %10s%n",
        "condition",
        "value",
        "measured",
        "detected",
        "embedded",
        "TPIR",
        "FPIR");
    line("undegraded", "", measured.undegraded(), err);
    for (ConditionsMeasurement.Result result : measured.conditions()) {
      for (ConditionStep step : result.steps()) {
        line(result.condition(), String.format(Locale.ROOT, "%.4g", step.value()), step, err);
      }
    }
  }

  private static void line(String condition, String value, ConditionStep step, PrintWriter err) {
    err.printf(
        Locale.ROOT,
        "%-18s %8s %9d %10s %10s %10s %10s%n",
        condition,
        value,
        step.measured(),
        percent(step.detected()),
        percent(step.embedded()),
        percent(step.tpir()),
        percent(step.fpir()));
  }

  private static String percent(@Nullable Proportion share) {
    return share == null ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share.rate());
  }
}
