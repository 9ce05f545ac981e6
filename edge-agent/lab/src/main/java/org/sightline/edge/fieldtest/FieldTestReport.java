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
 * <p>The records of which it is made are for its readers; in the file, their figures stand beside
 * each other.
 */
public record FieldTestReport(
    String scenario,
    boolean asExpected,
    @JsonUnwrapped Recall recall,
    @JsonUnwrapped Traffic traffic,
    @JsonUnwrapped Score score,
    @JsonUnwrapped Search search,
    @JsonUnwrapped Speed speed,
    @JsonUnwrapped Lists lists) {
  /**
   * How many of the listed people who passed were found.
   *
   * @param passesExpected passes of listed people, by the scenario
   * @param passesAlerted of those, the ones that raised their alert
   */
  public record Recall(int passesExpected, int passesAlerted, int missedPasses) {
    static Recall of(int expected, int alerted) {
      return new Recall(expected, alerted, expected - alerted);
    }
  }

  /**
   * What went through the pipeline.
   *
   * @param tracks passes that the tracker followed, listed people's included
   * @param facesDetected faces over all frames; a person is counted in each
   * @param facesLeftOut of those, the ones that were not followed because a frame had too many
   * @param unexpectedErrors what they have cost
   */
  public record Traffic(
      long tracks,
      long facesDetected,
      long facesLeftOut,
      @JsonUnwrapped Frames frames,
      long embeddings,
      FaultCounts unexpectedErrors) {
    static Traffic of(PipelineCounters.Snapshot counters) {
      return new Traffic(
          counters.passes(),
          counters.faces().detected(),
          counters.faces().leftOut(),
          new Frames(
              counters.frames().read(),
              counters.frames().passedOver(),
              counters.frames().processed(),
              counters.frames().dropped()),
          counters.embeddings(),
          counters.faults());
    }
  }

  /** What became of the frames. */
  public record Frames(
      long framesRead, long framesPassedOver, long framesProcessed, long framesDropped) {}

  /** How right the alerts were. */
  public record Score(
      @JsonUnwrapped AlertCounts alerts, long alertsContinued, @JsonUnwrapped Shares shares) {}

  /**
   * How many alerts there were.
   *
   * @param falseAlerts every alert that was not expected, repeated ones included
   */
  public record AlertCounts(int alerts, int trueAlerts, int falseAlerts) {}

  /**
   * How often an alert came that should, and one that should not.
   *
   * @param tpir passes alerted per pass expected; null when none was expected
   * @param fpirPerTrack false alerts per track; null when there was no track
   * @param rates their intervals, and the rates by group
   */
  public record Shares(
      @Nullable Double tpir, @Nullable Double fpirPerTrack, @JsonUnwrapped Rates rates) {
    static Shares of(Recall recall, int falseAlerts, long tracks, Rates rates) {
      return new Shares(
          ratio(recall.passesAlerted(), recall.passesExpected()),
          ratio(falseAlerts, (double) tracks),
          rates);
    }
  }

  /**
   * What the people who passed were compared with.
   *
   * @param thresholdExtrapolated whether the derived threshold lies beyond what the calibration
   *     measured
   * @param expectedFalseAlertsPerThousandFaces what the calibration predicts for people who are not
   *     listed; null without a calibration
   */
  public record Search(
      double threshold,
      boolean thresholdExtrapolated,
      @Nullable Double expectedFalseAlertsPerThousandFaces,
      int galleryEntries,
      String modelPack) {
    static Search of(Threshold threshold, int galleryEntries, String modelPack) {
      double expectation = threshold.expectedFalseAlertsPerThousandFaces();
      return new Search(
          threshold.similarity().cosine(),
          threshold.extrapolated(),
          Double.isNaN(expectation) ? null : expectation,
          galleryEntries,
          modelPack);
    }
  }

  /**
   * How fast it went.
   *
   * @param wallSeconds from opening the cameras to the last decision
   * @param framesPerSecond processed frames over wallSeconds
   * @param realTimeFactor seconds of footage over wallSeconds; null if nothing was read
   * @param longestWaitMillis of a frame, from its arrival until the analysis took it up
   */
  public record Speed(
      double wallSeconds,
      double framesPerSecond,
      @Nullable Double realTimeFactor,
      long longestWaitMillis,
      @JsonUnwrapped Latency latency) {
    static Speed of(double wallSeconds, PipelineCounters.Snapshot counters, Latency latency) {
      return new Speed(
          wallSeconds,
          counters.frames().processed() / wallSeconds,
          ratio(counters.footage().toNanos() / 1e9, wallSeconds),
          counters.longestWait().toMillis(),
          latency);
    }
  }

  /**
   * How long alerts took; null when none was raised.
   *
   * @param captureToDecisionMillis from a frame's arrival to the decision that it completed
   * @param captureToStoreMillis to its being safe on disk
   * @param captureToPublishMillis to the broker's acknowledgement
   * @param captureToReceiverMillis to its being in the hands of a subscriber
   */
  public record Latency(
      @Nullable Percentiles captureToDecisionMillis,
      @Nullable Percentiles captureToStoreMillis,
      @Nullable Percentiles captureToPublishMillis,
      @Nullable Percentiles captureToReceiverMillis) {
    static Latency of(AlertTimes times) {
      return new Latency(
          times.to(Stage.DECIDED),
          times.to(Stage.STORED),
          times.to(Stage.PUBLISHED),
          times.to(Stage.RECEIVED));
    }
  }

  /**
   * One by one.
   *
   * @param passes all that were expected, in the order of the scenario, with what came of them
   * @param unexpected the false alerts
   */
  public record Lists(
      List<RaisedAlert> raised,
      List<ExpectedAlert> missed,
      List<ExpectedPass> passes,
      List<RaisedAlert> unexpected,
      List<String> refusedPictures) {
    public Lists {
      raised = List.copyOf(raised);
      missed = List.copyOf(missed);
      passes = List.copyOf(passes);
      unexpected = List.copyOf(unexpected);
      refusedPictures = List.copyOf(refusedPictures);
    }
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

  /**
   * What a run has found.
   *
   * @param raised all alerts, in their order
   * @param refusedPictures of the list, those that were not enrolled
   */
  static FieldTestReport of(
      String scenario,
      Scorecard scorecard,
      PipelineCounters.Snapshot counters,
      Threshold threshold,
      Search search,
      Speed speed,
      List<RaisedAlert> raised,
      List<String> refusedPictures) {
    Verdict verdict = scorecard.verdict();
    Recall recall = scorecard.recall();
    int falseAlerts = verdict.falseAlerts().size();
    return new FieldTestReport(
        scenario,
        verdict.asExpected(),
        recall,
        Traffic.of(counters),
        new Score(
            new AlertCounts(raised.size(), recall.passesAlerted(), falseAlerts),
            counters.alerts().continued(),
            Shares.of(
                recall,
                falseAlerts,
                counters.passes(),
                scorecard.rates(counters.passes(), threshold))),
        search,
        speed,
        new Lists(
            raised,
            verdict.missed(),
            scorecard.expectedPasses(),
            verdict.falseAlerts(),
            refusedPictures));
  }

  /** The intervals, and the rates by group. */
  public Rates rates() {
    return score.shares.rates;
  }

  /** Whether a false alert is about a pass that had its alert already. */
  public boolean isRepeated(RaisedAlert alert) {
    return lists.passes.stream().anyMatch(pass -> pass.isRepeatedBy(alert));
  }

  static @Nullable Double ratio(double part, double whole) {
    return whole > 0 ? part / whole : null;
  }
}
