package org.sightline.edge.fieldtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.fieldtest.AlertTimes.Stage;
import org.sightline.edge.fieldtest.ScenarioSettings.ExpectedAlert;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.pipeline.FaultCounts;
import org.sightline.edge.pipeline.PipelineCounters;

/**
 * What a field test found; written as {@code report.json}. docs/field-tests.md says what each
 * figure means and what its denominator is.
 *
 * @param passesExpected passes of listed people, by the scenario
 * @param passesAlerted of those, the ones that raised their alert
 * @param tracks passes that the tracker followed, listed people's included
 * @param facesDetected faces over all frames; a person is counted in each
 * @param facesLeftOut of those, the ones that were not followed because a frame had too many
 * @param unexpectedErrors what they have cost
 * @param falseAlerts every alert that was not expected, repeated ones included
 * @param tpir passes alerted per pass expected; null when none was expected
 * @param fpirPerTrack false alerts per track; null when there was no track
 * @param rates their intervals, and the rates by group; their keys stand among these
 * @param thresholdExtrapolated whether the derived threshold lies beyond what the calibration
 *     measured
 * @param expectedFalseAlertsPerThousandFaces what the calibration predicts for people who are not
 *     listed; null without a calibration
 * @param wallSeconds from opening the cameras to the last decision
 * @param framesPerSecond processed frames over wallSeconds
 * @param realTimeFactor seconds of footage over wallSeconds; null if nothing was read
 * @param longestWaitMillis of a frame, from its arrival until the analysis took it up
 * @param captureToDecisionMillis from a frame's arrival to the decision that it completed; null
 *     when no alert was raised, as those that follow
 * @param captureToStoreMillis to its being safe on disk
 * @param captureToPublishMillis to the broker's acknowledgement
 * @param captureToReceiverMillis to its being in the hands of a subscriber
 * @param passes all that were expected, in the order of the scenario, with what came of them
 * @param unexpected the false alerts
 */
public record FieldTestReport(
    String scenario,
    boolean asExpected,
    int passesExpected,
    int passesAlerted,
    int missedPasses,
    long tracks,
    long facesDetected,
    long facesLeftOut,
    long framesRead,
    long framesPassedOver,
    long framesProcessed,
    long framesDropped,
    long embeddings,
    FaultCounts unexpectedErrors,
    int alerts,
    int trueAlerts,
    int falseAlerts,
    long alertsContinued,
    @Nullable Double tpir,
    @Nullable Double fpirPerTrack,
    @JsonUnwrapped Rates rates,
    double threshold,
    boolean thresholdExtrapolated,
    @Nullable Double expectedFalseAlertsPerThousandFaces,
    int galleryEntries,
    String modelPack,
    double wallSeconds,
    double framesPerSecond,
    @Nullable Double realTimeFactor,
    long longestWaitMillis,
    @Nullable Percentiles captureToDecisionMillis,
    @Nullable Percentiles captureToStoreMillis,
    @Nullable Percentiles captureToPublishMillis,
    @Nullable Percentiles captureToReceiverMillis,
    List<RaisedAlert> raised,
    List<ExpectedAlert> missed,
    List<ExpectedPass> passes,
    List<RaisedAlert> unexpected,
    List<String> refusedPictures) {
  public FieldTestReport {
    raised = List.copyOf(raised);
    missed = List.copyOf(missed);
    passes = List.copyOf(passes);
    unexpected = List.copyOf(unexpected);
    refusedPictures = List.copyOf(refusedPictures);
  }

  /** Three points of a distribution. */
  public record Percentiles(double p50, double p95, double max) {
    /** Nearest-rank percentiles; null of nothing. */
    static @Nullable Percentiles of(List<Long> samples) {
      if (samples.isEmpty()) {
        return null;
      }
      List<Long> sorted = samples.stream().sorted().toList();
      return new Percentiles(
          at(sorted, 0.5), at(sorted, 0.95), sorted.get(sorted.size() - 1).doubleValue());
    }

    private static double at(List<Long> sorted, double share) {
      int rank = (int) Math.ceil(share * sorted.size());
      return sorted.get(Math.max(1, rank) - 1).doubleValue();
    }
  }

  static FieldTestReport of(
      String scenario,
      Scorecard scorecard,
      PipelineCounters.Snapshot counters,
      Threshold threshold,
      int galleryEntries,
      String modelPack,
      double wallSeconds,
      AlertTimes times,
      List<RaisedAlert> raised,
      List<String> refusedPictures) {
    Verdict verdict = scorecard.verdict();
    int passesExpected = scorecard.expectedPasses().size();
    int alerted = verdict.met().size();
    double expectation = threshold.expectedFalseAlertsPerThousandFaces();
    return new FieldTestReport(
        scenario,
        verdict.asExpected(),
        passesExpected,
        alerted,
        passesExpected - alerted,
        counters.passes(),
        counters.facesDetected(),
        counters.facesLeftOut(),
        counters.framesRead(),
        counters.framesPassedOver(),
        counters.framesProcessed(),
        counters.framesDropped(),
        counters.embeddings(),
        counters.faults(),
        raised.size(),
        alerted,
        verdict.falseAlerts().size(),
        counters.alertsContinued(),
        ratio(alerted, passesExpected),
        ratio(verdict.falseAlerts().size(), (double) counters.passes()),
        scorecard.rates(counters.passes(), threshold),
        threshold.similarity().cosine(),
        threshold.extrapolated(),
        Double.isNaN(expectation) ? null : expectation,
        galleryEntries,
        modelPack,
        wallSeconds,
        counters.framesProcessed() / wallSeconds,
        ratio(counters.footage().toNanos() / 1e9, wallSeconds),
        counters.longestWait().toMillis(),
        times.to(Stage.DECIDED),
        times.to(Stage.STORED),
        times.to(Stage.PUBLISHED),
        times.to(Stage.RECEIVED),
        raised,
        verdict.missed(),
        scorecard.expectedPasses(),
        verdict.falseAlerts(),
        refusedPictures);
  }

  /** Whether a false alert is about a pass that had its alert already. */
  public boolean isRepeated(RaisedAlert alert) {
    return passes.stream().anyMatch(pass -> pass.isRepeatedBy(alert));
  }

  static @Nullable Double ratio(double part, double whole) {
    return whole > 0 ? part / whole : null;
  }
}
