package org.sightline.edge.fieldtest;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.statistics.Interval;

/**
 * How far the rates of a field test can be trusted, and what they are by group; stands among the
 * other figures in the reports.
 *
 * @param tpirInterval null when no pass was expected
 * @param fpirPerTrackInterval null when there was no track
 * @param falseAlertsPerThousandFaces a face seen is a track
 * @param repeatedAlerts of the false alerts, those about a pass that had its alert already
 * @param listedPasses by the truth; null without one, as what follows
 * @param nonListedPasses by the truth
 * @param falseAlertsPredicted what the calibration expects of them; null without a calibration
 * @param falseAlertsWithinPrediction whether the false alerts, repeated ones left out, are as many
 *     as predicted
 * @param falseAlertsUnattributed of the same, those raised while not exactly one person was before
 *     the camera, so that {@code byLabel} has them nowhere; null without truth or labels
 */
public record Rates(
    @Nullable Interval tpirInterval,
    @Nullable Interval fpirPerTrackInterval,
    @Nullable Double falseAlertsPerThousandFaces,
    @Nullable Interval falseAlertsPerThousandFacesInterval,
    int repeatedAlerts,
    @Nullable Integer listedPasses,
    @Nullable Integer nonListedPasses,
    @Nullable Prediction falseAlertsPredicted,
    @Nullable Boolean falseAlertsWithinPrediction,
    List<Group> byCamera,
    List<Group> byFaceHeightPx,
    List<Group> byCategory,
    List<Group> byLabel,
    @Nullable Integer falseAlertsUnattributed) {
  public Rates {
    byCamera = List.copyOf(byCamera);
    byFaceHeightPx = List.copyOf(byFaceHeightPx);
    byCategory = List.copyOf(byCategory);
    byLabel = List.copyOf(byLabel);
  }

  /** The numbers that all rates are made of. */
  record Counts(
      int passesExpected,
      int passesAlerted,
      long tracks,
      int falseAlerts,
      int repeatedAlerts,
      @Nullable Integer listedPasses,
      @Nullable Integer nonListedPasses,
      @Nullable Prediction falseAlertsPredicted) {}

  static Rates of(
      Counts counts,
      List<Group> byCamera,
      List<Group> byFaceHeightPx,
      List<Group> byCategory,
      List<Group> byLabel,
      @Nullable Integer falseAlertsUnattributed) {
    Prediction predicted = counts.falseAlertsPredicted();
    return new Rates(
        Interval.of(counts.passesAlerted(), counts.passesExpected()),
        Interval.of(counts.falseAlerts(), counts.tracks()),
        counts.tracks() == 0 ? null : 1000.0 * counts.falseAlerts() / counts.tracks(),
        Interval.perThousand(counts.falseAlerts(), counts.tracks()),
        counts.repeatedAlerts(),
        counts.listedPasses(),
        counts.nonListedPasses(),
        predicted,
        predicted == null ? null : predicted.holds(counts.falseAlerts() - counts.repeatedAlerts()),
        byCamera,
        byFaceHeightPx,
        byCategory,
        byLabel,
        falseAlertsUnattributed);
  }

  /** Of several scenarios together; what one of them does not know is not known of all. */
  static Rates pooled(List<FieldTestReport> reports) {
    List<Rates> rates = reports.stream().map(FieldTestReport::rates).toList();
    return of(
        new Counts(
            reports.stream().mapToInt(FieldTestReport::passesExpected).sum(),
            reports.stream().mapToInt(FieldTestReport::passesAlerted).sum(),
            reports.stream().mapToLong(FieldTestReport::tracks).sum(),
            reports.stream().mapToInt(FieldTestReport::falseAlerts).sum(),
            rates.stream().mapToInt(Rates::repeatedAlerts).sum(),
            sum(rates, Rates::listedPasses),
            sum(rates, Rates::nonListedPasses),
            known(rates, Rates::falseAlertsPredicted)
                ? Prediction.of(
                    predictions(rates).mapToDouble(Prediction::expected).sum(),
                    predictions(rates).mapToDouble(Prediction::expectedLower95).sum(),
                    predictions(rates).mapToDouble(Prediction::expectedUpper95).sum())
                : null),
        // A camera of one scenario is not that of another.
        List.of(),
        pooled(rates, Rates::byFaceHeightPx),
        pooled(rates, Rates::byCategory),
        pooled(rates, Rates::byLabel),
        sum(rates, Rates::falseAlertsUnattributed));
  }

  private static Stream<Prediction> predictions(List<Rates> rates) {
    return rates.stream().map(Rates::falseAlertsPredicted).filter(Objects::nonNull);
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

  private static List<Group> pooled(List<Rates> rates, Function<Rates, List<Group>> groups) {
    return Group.pooled(rates.stream().flatMap(each -> groups.apply(each).stream()).toList());
  }
}
