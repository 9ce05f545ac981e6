package org.sightline.edge.cli.models;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.PassFactor;
import org.sightline.edge.domain.Scoring;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.match.Threshold.UnsupportedRateException;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.threshold.ThresholdChoice;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What threshold a deployment would have, and how many false alerts it has to expect. */
@Command(
    name = "threshold",
    description = {
      "Derives the threshold for a rate of false alerts at the length of a list, as the agent does,"
          + " and says what to expect of it: how many false alerts, of people who walk by and are"
          + " not listed, and how many of those listed are found.",
      "Up to a decade below the lowest rate that was measured the expected rate is the one that was"
          + " asked for; two decades below and beyond, the upper end of its 95 %% interval is."
    },
    exitCodeList = {
      "0:derived",
      "1:the calibration rests on too few people even for an upper limit"
    },
    footer = {"", "Example:", "  sightline threshold --entries 800 --faces-per-hour 2500"})
final class ThresholdCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--entries",
      required = true,
      paramLabel = "N",
      description = "Length of the list: subjects, not pictures.")
  private int entries;

  @Option(
      names = "--false-alerts-per-1000",
      paramLabel = "R",
      description = "Authorised rate, of people who are not listed (default: 1).")
  private double rate = Authorisation.DEFAULT_MAXIMUM_FALSE_ALERTS_PER_1000_FACES;

  @Option(
      names = "--faces-per-hour",
      paramLabel = "F",
      description = "Footfall: people who walk by in an hour.")
  private @Nullable Double facesPerHour;

  @Option(
      names = "--population",
      paramLabel = "NAME",
      description = "Population whose calibration counts (default: the pack's first).")
  private @Nullable String population;

  @Option(names = "--json", description = "Print JSON; see docs/results.md.")
  private boolean json;

  @Mixin private PackOptions pack;

  /** What {@code --json} prints. Rates are of people who are not listed. */
  record Output(
      @JsonUnwrapped Search search,
      double threshold,
      boolean extrapolated,
      Expected falseAlertsPer1000Faces,
      @Nullable Expected falseAlertsPerHour,
      @Nullable Double foundShare,
      Basis basis) {}

  /** What a threshold is for. */
  record Search(String modelPack, String population, Scoring scoring, int entries) {}

  /**
   * What it rests on.
   *
   * @param comparisons of pictures of two different people
   * @param lowestMeasuredRate the lowest false match rate, per comparison, that was measured
   * @param decadesBeyond how far below that the rate at the threshold lies; 0 if it does not
   * @param comparisonsPerPass what somebody who walks by amounts to; null if that was not measured
   */
  record Basis(
      long comparisons,
      double lowestMeasuredRate,
      double decadesBeyond,
      @Nullable Expected comparisonsPerPass) {
    static Basis of(Calibration calibration, Threshold threshold, int entries) {
      PassFactor pass = calibration.pass();
      double rate =
          threshold.expectedFalseAlertsPerThousandFaces()
              / 1000
              / entries
              / calibration.passFactor().factor();
      double measured =
          calibration.points().stream()
              .filter(Calibration.Point::measured)
              .mapToDouble(Calibration.Point::falseMatchRate)
              .min()
              .orElse(1);
      return new Basis(
          calibration.comparisons(),
          measured,
          Math.max(0, Math.round(10 * Math.log10(measured / rate)) / 10.0),
          pass == null ? null : new Expected(pass.factor(), pass.lower95(), pass.upper95()));
    }
  }

  /** An expectation with its 95 % interval. */
  record Expected(double expected, double lower95, double upper95) {
    static Expected of(Threshold threshold, double thousands) {
      return new Expected(
          thousands * threshold.expectedFalseAlertsPerThousandFaces(),
          thousands * threshold.lower95(),
          thousands * threshold.upper95());
    }
  }

  @Override
  public Integer call() throws SightlineException {
    if (entries < 1 || !(rate > 0)) {
      throw new ParameterException(
          spec.commandLine(), "a list has entries, and a rate is above 0: check the options");
    }
    ModelPack manifest = pack.manifest();
    Scoring scoring = ThresholdChoice.scoring(manifest, population, entries);
    Calibration calibration = ThresholdChoice.calibration(manifest, population, scoring);
    Threshold threshold;
    try {
      threshold = Threshold.derive(calibration, entries, rate, new Similarity(-1));
    } catch (UnsupportedRateException e) {
      spec.commandLine().getErr().println("no: " + e.getMessage());
      return Sightline.EXIT_NO;
    }
    Output output =
        new Output(
            new Search(manifest.name(), calibration.population(), scoring, entries),
            threshold.similarity().cosine(),
            threshold.extrapolated(),
            Expected.of(threshold, 1),
            facesPerHour == null ? null : Expected.of(threshold, facesPerHour / 1000),
            Double.isNaN(threshold.found()) ? null : threshold.found(),
            Basis.of(calibration, threshold, entries));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, output);
    } else {
      report(output, out);
    }
    return 0;
  }

  private static void report(Output output, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "threshold %.3f (%s) for %d listed, %s what was measured on %s%n",
        output.threshold(),
        output.search().scoring().word(),
        output.search().entries(),
        output.extrapolated() ? "beyond" : "within",
        output.search().population());
    report(output.falseAlertsPer1000Faces(), "1,000 people who walk by", out);
    if (output.falseAlertsPerHour() != null) {
      report(output.falseAlertsPerHour(), "hour", out);
    }
    if (output.foundShare() != null) {
      out.printf(
          Locale.ROOT,
          "found: %.0f %% of the people listed, one picture against another of %s%n",
          100 * output.foundShare(),
          output.search().population());
    }
    Basis basis = output.basis();
    out.printf(
        Locale.ROOT,
        "it rests on %d comparisons of different people; the rate lies %s%n",
        basis.comparisons(),
        basis.decadesBeyond() == 0
            ? "within what they show"
            : "%.1f decades below the lowest that they show".formatted(basis.decadesBeyond()));
    out.println(ThresholdChoice.notPromised(output.search().scoring()));
  }

  private static void report(Expected expected, String per, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "false alerts per %s: %.2g expected, %.2g to %.2g with 95 %% confidence%n",
        per,
        expected.expected(),
        expected.lower95(),
        expected.upper95());
  }
}
