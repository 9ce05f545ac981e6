package org.sightline.edge.cli.van;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.sightline.edge.record.EngagementFigures;

/** What became of alerts in the street, as lines of a record. */
final class StreetLines {
  private StreetLines() {}

  /** Each line by its name. */
  static Map<String, String> of(EngagementFigures street) {
    Map<String, String> lines = new LinkedHashMap<>();
    lines.put(
        "Engagements",
        street.engagements().stopped()
            + " stopped, "
            + street.engagements().lost()
            + " lost, "
            + street.engagements().notAttempted()
            + " not attempted; "
            + street.corrections()
            + " corrections");
    lines.put(
        "Confirmed",
        street.confirmed().correct()
            + " true, "
            + street.confirmed().wrong()
            + " false, "
            + street.confirmed().unresolved()
            + " unresolved, of those stopped");
    lines.put(
        "Actions",
        street.actions().arrested()
            + " arrested, "
            + street.actions().noAction()
            + " no action, "
            + street.actions().other()
            + " other");
    lines.put(
        "Minutes",
        street.medianMinutesStopped() == null
            ? "not published of so few"
            : "median " + street.medianMinutesStopped());
    if (!street.groups().isEmpty()) {
      lines.put(
          "Groups",
          street.groups().entrySet().stream()
              .map(row -> row.getKey() + ": " + cells(row.getValue()))
              .collect(Collectors.joining("; ")));
    }
    return lines;
  }

  private static String cells(Map<String, String> row) {
    return row.entrySet().stream()
        .map(cell -> cell.getKey() + " " + cell.getValue())
        .collect(Collectors.joining(", "));
  }
}
