package org.sightline.edge.oversight;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.oversight.Aggregate.Camera;
import org.sightline.edge.oversight.Aggregate.Category;
import org.sightline.edge.oversight.Aggregate.Group;

/**
 * Figures over deployments as CSV of RFC 4180, in UTF-8: a row of each group, what it is a group by
 * in the first column. A cell is empty where it is not known. Pure.
 */
public final class AggregateCsv {
  private static final List<String> COUNTS =
      List.of(
          "by",
          "name",
          "deployments",
          "records",
          "captureSeconds",
          "pausedSeconds",
          "facesSeen",
          "alerts",
          "true",
          "false",
          "unresolved",
          "open");

  private static final List<String> RATES =
      List.of(
          "falseAlertsPerFaceSeen", "falseAlertsPerAlert", "alertsPerFaceSeen", "trueRecognition");

  private static final int CELLS_OF_RATE = 5;

  private final StringBuilder csv = new StringBuilder();

  private AggregateCsv() {}

  /** The whole file. */
  public static String of(Aggregate aggregate) {
    AggregateCsv file = new AggregateCsv();
    file.head();
    file.group("all", aggregate.all());
    aggregate.by().deployment().forEach(each -> file.group("deployment", each));
    aggregate.by().device().forEach(each -> file.group("device", each));
    aggregate.by().version().forEach(each -> file.group("version", each));
    aggregate.by().camera().forEach(file::camera);
    aggregate.by().category().forEach(file::category);
    aggregate.refused().forEach(each -> file.note("refused", each.file(), each.why()));
    aggregate.unknown().forEach(each -> file.note("unknown", "", each));
    return file.csv.toString();
  }

  private void head() {
    List<String> cells = new ArrayList<>(COUNTS);
    for (String rate : RATES) {
      for (String part : List.of("Count", "Of", "", "Lower95", "Upper95")) {
        cells.add(rate + part);
      }
    }
    cells.add("note");
    row(cells);
  }

  private void group(String by, Group group) {
    MergedRecord.Total total = group.total();
    RecordFigures.Outcomes outcomes = total.outcomes();
    List<Object> counts =
        Arrays.asList(
            group.deployments(),
            group.records(),
            total.time().captureSeconds(),
            total.time().pausedSeconds(),
            total.counts().facesSeen(),
            total.counts().alerts(),
            outcomes.correct(),
            outcomes.wrong(),
            outcomes.unresolved(),
            outcomes.open());
    MergedRecord.Walks walks = total.afterwards().walks();
    long faces = total.counts().facesSeen();
    row(
        by,
        group.name(),
        counts,
        Arrays.asList(
            total.falseAlertsPerFaceSeen(),
            total.falseAlertsPerAlert(),
            Rate.of(Math.min(total.counts().alerts(), faces), faces),
            walks == null ? null : walks.inAll()),
        group.urgent().stream().map(Aggregate.UrgentUse::line).collect(Collectors.joining("; ")));
  }

  private void camera(Camera camera) {
    String name =
        "%s, %s, %s, %s, list %s"
            .formatted(
                camera.deployment(), camera.device(), camera.camera(), camera.at(), camera.list());
    row(
        "camera",
        name,
        Collections.nCopies(COUNTS.size() - 2, null),
        Arrays.asList(null, null, null, camera.trueRecognition()),
        "");
  }

  private void category(Category category) {
    List<Object> counts = new ArrayList<>(Collections.nCopies(COUNTS.size() - 2, null));
    counts.set(COUNTS.indexOf("alerts") - 2, category.alerts());
    row(
        "category",
        category.name(),
        counts,
        Arrays.asList(null, null, category.alertsPerFaceSeen(), null),
        "");
  }

  private void note(String by, String name, String note) {
    row(
        by,
        name,
        Collections.nCopies(COUNTS.size() - 2, null),
        Collections.nCopies(RATES.size(), null),
        note);
  }

  private void row(
      String by,
      String name,
      List<? extends @Nullable Object> counts,
      List<? extends @Nullable Rate> rates,
      String note) {
    List<String> cells = new ArrayList<>(List.of(by, text(name)));
    counts.forEach(each -> cells.add(each == null ? "" : each.toString()));
    for (Rate rate : rates) {
      if (rate == null) {
        cells.addAll(Collections.nCopies(CELLS_OF_RATE, ""));
      } else {
        cells.add(Long.toString(rate.count()));
        cells.add(Long.toString(rate.of()));
        for (BigDecimal each : List.of(rate.rate(), rate.lower95(), rate.upper95())) {
          cells.add(each.toPlainString());
        }
      }
    }
    cells.add(text(note));
    row(cells);
  }

  /** What others have written: no spreadsheet takes it for a formula. */
  private static String text(String text) {
    boolean formula = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }

  private void row(List<String> cells) {
    csv.append(String.join(",", cells)).append("\r\n");
  }
}
