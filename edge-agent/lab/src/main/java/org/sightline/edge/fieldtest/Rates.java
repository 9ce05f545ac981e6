package org.sightline.edge.fieldtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.statistics.Interval;

/**
 * How far the rates of a field test can be trusted, and what they are by group; stands among the
 * other figures in the reports.
 */
public record Rates(
    @JsonUnwrapped Intervals intervals,
    int repeatedAlerts,
    @JsonUnwrapped Walked walked,
    @JsonUnwrapped Predicted predicted,
    @JsonUnwrapped Groups groups) {
  /**
   * Where the true rates lie.
   *
   * @param tpirInterval null when no pass was expected
   * @param fpirPerTrackInterval null when there was no track
   * @param falseAlertsPerThousandFaces a face seen is a track
   */
  public record Intervals(
      @Nullable Interval tpirInterval,
      @Nullable Interval fpirPerTrackInterval,
      @Nullable Double falseAlertsPerThousandFaces,
      @Nullable Interval falseAlertsPerThousandFacesInterval) {}

  /**
   * Who walked by, by the truth; null without one.
   *
   * @param undetectedPasses of the missed passes, those in which the detector finds no face; null
   *     if that is not known
   */
  public record Walked(
      @Nullable Integer listedPasses,
      @Nullable Integer nonListedPasses,
      @Nullable Integer undetectedPasses) {}

  /**
   * What the calibration expects of those who are not listed; null without a calibration.
   *
   * @param falseAlertsWithinPrediction whether the false alerts, repeated ones left out, are as
   *     many as predicted
   */
  public record Predicted(
      @Nullable Prediction falseAlertsPredicted, @Nullable Boolean falseAlertsWithinPrediction) {}

  /**
   * The rates of those who have something in common.
   *
   * @param falseAlertsUnattributed of the false alerts, repeated ones left out, those raised while
   *     not exactly one person was before the camera, so that {@code byLabel} has them nowhere;
   *     null without truth or labels
   */
  public record Groups(
      List<Group> byCamera,
      List<Group> byFaceHeightPx,
      List<Group> byCategory,
      List<Group> byLabel,
      @Nullable Integer falseAlertsUnattributed) {
    public Groups {
      byCamera = List.copyOf(byCamera);
      byFaceHeightPx = List.copyOf(byFaceHeightPx);
      byCategory = List.copyOf(byCategory);
      byLabel = List.copyOf(byLabel);
    }
  }

  /** The numbers that all rates are made of. */
  record Counts(
      FieldTestReport.Recall recall,
      long tracks,
      int falseAlerts,
      int repeatedAlerts,
      Walked walked,
      @Nullable Prediction falseAlertsPredicted) {}

  static Rates of(Counts counts, Groups groups) {
    Prediction predicted = counts.falseAlertsPredicted();
    return new Rates(
        new Intervals(
            Interval.of(counts.recall().passesAlerted(), counts.recall().passesExpected()),
            Interval.of(counts.falseAlerts(), counts.tracks()),
            counts.tracks() == 0 ? null : 1000.0 * counts.falseAlerts() / counts.tracks(),
            Interval.perThousand(counts.falseAlerts(), counts.tracks())),
        counts.repeatedAlerts(),
        counts.walked(),
        new Predicted(
            predicted,
            predicted == null
                ? null
                : predicted.holds(counts.falseAlerts() - counts.repeatedAlerts())),
        groups);
  }

  /** Of several scenarios together; what one of them does not know is not known of all. */
  static Rates pooled(
      FieldTestReport.Recall recall, long tracks, int falseAlerts, List<Rates> rates) {
    return of(
        new Counts(
            recall,
            tracks,
            falseAlerts,
            rates.stream().mapToInt(Rates::repeatedAlerts).sum(),
            new Walked(
                sum(rates, each -> each.walked().listedPasses()),
                sum(rates, each -> each.walked().nonListedPasses()),
                sum(rates, each -> each.walked().undetectedPasses())),
            known(rates, each -> each.predicted().falseAlertsPredicted())
                ? Prediction.of(
                    predictions(rates).mapToDouble(Prediction::expected).sum(),
                    predictions(rates).mapToDouble(Prediction::expectedLower95).sum(),
                    predictions(rates).mapToDouble(Prediction::expectedUpper95).sum())
                : null),
        new Groups(
            // A camera of one scenario is not that of another.
            List.of(),
            pooled(rates, Groups::byFaceHeightPx),
            pooled(rates, Groups::byCategory),
            pooled(rates, Groups::byLabel),
            sum(rates, each -> each.groups().falseAlertsUnattributed())));
  }

  private static Stream<Prediction> predictions(List<Rates> rates) {
    return rates.stream()
        .map(each -> each.predicted().falseAlertsPredicted())
        .filter(Objects::nonNull);
  }

  private static boolean known(List<Rates> rates, Function<Rates, @Nullable Object> figure) {
    return !rates.isEmpty() && rates.stream().allMatch(each -> figure.apply(each) != null);
  }

  private static @Nullable Integer sum(
      List<Rates> rates, Function<Rates, @Nullable Integer> figure) {
    int sum = 0;
    for (Rates each : rates) {
      Integer part = figure.apply(each);
      if (part == null) {
        return null;
      }
      sum += part;
    }
    return sum;
  }

  private static List<Group> pooled(List<Rates> rates, Function<Groups, List<Group>> which) {
    return Group.pooled(
        rates.stream().flatMap(each -> which.apply(each.groups()).stream()).toList());
  }
}
