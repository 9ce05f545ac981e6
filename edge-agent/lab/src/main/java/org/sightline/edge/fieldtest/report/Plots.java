package org.sightline.edge.fieldtest.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.fieldtest.FieldTestReport;
import org.sightline.edge.fieldtest.FieldTestReport.Percentiles;
import org.sightline.edge.fieldtest.Group;
import org.sightline.edge.fieldtest.RaisedAlert;
import org.sightline.edge.plot.Axis;
import org.sightline.edge.plot.Plot;
import org.sightline.edge.plot.Series;
import org.sightline.edge.plot.Series.Bar;
import org.sightline.edge.plot.Series.Bars;
import org.sightline.edge.plot.Series.Estimate;
import org.sightline.edge.plot.Series.Estimates;
import org.sightline.edge.plot.Series.Point;
import org.sightline.edge.plot.Series.Rule;
import org.sightline.edge.plot.Series.Steps;

/**
 * The plots of a report; empty where there is nothing to be drawn. Whatever they show of
 * similarities comes from alerts: the agent reports nobody else.
 */
final class Plots {
  private static final double BIN = 0.02;
  private static final double BAR_WIDTH = 0.25;

  private Plots() {}

  /** How far true and false alerts lie above the threshold. */
  static Optional<Plot> similarities(String id, FieldTestReport report) {
    if (report.lists().raised().isEmpty()) {
      return Optional.empty();
    }
    List<Double> right = trueSimilarities(report);
    List<Double> wrong = report.lists().unexpected().stream().map(RaisedAlert::similarity).toList();
    double lowest =
        report.lists().raised().stream()
            .mapToDouble(RaisedAlert::similarity)
            .reduce(report.search().threshold(), Math::min);
    Bars rightBars = histogram("true alerts", right);
    Bars wrongBars = histogram("false alerts, repeated ones included", wrong);
    double highest =
        DoubleStream.concat(
                rightBars.bars().stream().mapToDouble(Bar::height),
                wrongBars.bars().stream().mapToDouble(Bar::height))
            .max()
            .orElse(1);
    return Optional.of(
        new Plot(
            id,
            "Similarity of the alerts",
            right.size()
                + " true and "
                + wrong.size()
                + " false alerts by similarity in steps of 0.02, above the threshold of "
                + Words.number(report.search().threshold(), 3),
            Axis.linear("similarity (cosine)", Math.min(lowest - 0.05, 0.95), 1),
            Axis.linear("alerts", 0, highest * 1.1),
            List.of(rightBars, wrongBars, new Rule("threshold", report.search().threshold()))));
  }

  private static List<Double> trueSimilarities(FieldTestReport report) {
    return report.lists().passes().stream()
        .map(pass -> pass.raised().similarity())
        .filter(Objects::nonNull)
        .toList();
  }

  private static Bars histogram(String name, List<Double> similarities) {
    Map<Long, Integer> counts = new LinkedHashMap<>();
    similarities.stream()
        .sorted()
        .forEach(each -> counts.merge((long) Math.floor(each / BIN), 1, Integer::sum));
    return new Bars(
        name,
        counts.entrySet().stream()
            .map(bin -> new Bar(bin.getKey() * BIN, (bin.getKey() + 1) * BIN, bin.getValue()))
            .toList());
  }

  /**
   * What the alerts that came would have been at higher thresholds: misses per pass of a listed
   * person against false alerts per pass of anybody else. Nothing is known below the threshold.
   */
  static Optional<Plot> detectionErrorTradeOff(String id, FieldTestReport report) {
    Integer others = report.rates().walked().nonListedPasses();
    List<Double> right = trueSimilarities(report);
    List<Double> wrong =
        report.lists().unexpected().stream()
            .filter(alert -> !report.isRepeated(alert))
            .map(RaisedAlert::similarity)
            .toList();
    int listed = report.recall().passesExpected();
    if (others == null || others == 0 || listed == 0 || wrong.isEmpty()) {
      return Optional.empty();
    }
    List<Point> points = new ArrayList<>();
    points.add(new Point(share(wrong.size(), others), share(listed - right.size(), listed)));
    DoubleStream.concat(
            right.stream().mapToDouble(each -> each), wrong.stream().mapToDouble(each -> each))
        .sorted()
        .distinct()
        .forEach(
            threshold ->
                points.add(
                    new Point(
                        share(above(wrong, threshold), others),
                        1 - share(above(right, threshold), listed))));
    return Optional.of(
        new Plot(
            id,
            "Detection error trade-off",
            "False negatives per pass of a listed person against false positives per pass of"
                + " anybody else, had the threshold been higher; from the alerts of "
                + listed
                + " and "
                + others
                + " passes",
            Axis.shareOf("FPIR, per pass not listed", others),
            Axis.shareOf("FNIR, per pass listed", listed),
            List.of(new Steps("from the threshold upwards; zero lies on the edge", points))));
  }

  private static double share(long part, int of) {
    return (double) part / of;
  }

  private static long above(List<Double> similarities, double threshold) {
    return similarities.stream().filter(each -> each > threshold).count();
  }

  /** TPIR with its interval by the largest height of the face. */
  static Optional<Plot> byFaceHeight(String id, List<Group> groups) {
    if (groups.isEmpty()) {
      return Optional.empty();
    }
    List<Estimate> estimates = new ArrayList<>();
    for (int i = 0; i < groups.size(); i++) {
      Group group = groups.get(i);
      if (group.listed().tpir() != null && group.listed().tpirInterval() != null) {
        estimates.add(
            new Estimate(
                i,
                group.listed().tpir(),
                group.listed().tpirInterval().lower95(),
                group.listed().tpirInterval().upper95()));
      }
    }
    return Optional.of(
        new Plot(
            id,
            "TPIR by height of the face",
            "Alerts per pass of a listed person, with 95 % intervals, by the largest height of the"
                + " face in the pass; the figures are in the table",
            Axis.categories(
                "largest height of the face, px", groups.stream().map(Group::value).toList()),
            Axis.linear("TPIR, per pass", 0, 1),
            List.of(new Estimates("TPIR with its 95 % interval", estimates))));
  }

  /** How long alerts take from stage to stage. */
  static Optional<Plot> latency(String id, FieldTestReport report) {
    Map<String, Percentiles> stages = stages(report);
    if (stages.isEmpty()) {
      return Optional.empty();
    }
    double longest = stages.values().stream().mapToDouble(Percentiles::max).max().orElse(1);
    List<Series> series =
        List.of(
            bars("p50", stages, -1, Percentiles::p50),
            bars("p95", stages, 0, Percentiles::p95),
            bars("max", stages, 1, Percentiles::max));
    return Optional.of(
        new Plot(
            id,
            "Latency by stage",
            "Milliseconds from the arrival of the frame that completed the evidence; the figures"
                + " are in the table",
            Axis.categories("from capture to", List.copyOf(stages.keySet())),
            Axis.linear("ms", 0, Math.max(1, longest * 1.1)),
            series));
  }

  /** The stages that alerts reached, in their order. */
  static Map<String, Percentiles> stages(FieldTestReport report) {
    Map<String, Percentiles> stages = new LinkedHashMap<>();
    put(stages, "decision", report.speed().latency().captureToDecisionMillis());
    put(stages, "disk", report.speed().latency().captureToStoreMillis());
    put(stages, "broker", report.speed().latency().captureToPublishMillis());
    put(stages, "receiver", report.speed().latency().captureToReceiverMillis());
    return stages;
  }

  private static void put(
      Map<String, Percentiles> stages, String stage, @Nullable Percentiles millis) {
    if (millis != null) {
      stages.put(stage, millis);
    }
  }

  private static Bars bars(
      String name,
      Map<String, Percentiles> stages,
      int place,
      ToDoubleFunction<Percentiles> figure) {
    List<Bar> bars = new ArrayList<>();
    for (Percentiles millis : stages.values()) {
      double from = bars.size() + (place - 0.5) * BAR_WIDTH;
      bars.add(new Bar(from, from + BAR_WIDTH, figure.applyAsDouble(millis)));
    }
    return new Bars(name, bars);
  }
}
