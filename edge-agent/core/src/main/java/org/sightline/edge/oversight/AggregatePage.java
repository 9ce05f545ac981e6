package org.sightline.edge.oversight;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.oversight.Aggregate.Group;

/**
 * Figures over deployments as one HTML page for people: it loads nothing, runs nothing, is read
 * aloud in order, and is printed as it stands. Pure.
 */
public final class AggregatePage {
  private static final String STYLE =
      """
      body{font:1rem/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:75rem;
        margin:2rem auto;padding:0 1rem}
      .wide{overflow-x:auto}
      table{border-collapse:collapse;margin:1rem 0}
      caption{text-align:left;font-weight:bold}
      th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}
      td.n{text-align:right;font-variant-numeric:tabular-nums}
      @media print{body{font-size:9pt;margin:0;max-width:none}.wide{overflow:visible}
        thead{display:table-header-group}tr,h2{break-inside:avoid;break-after:auto}
        h2{break-after:avoid}@page{size:A4 landscape;margin:12mm}}
      """;

  private final StringBuilder html = new StringBuilder();

  private AggregatePage() {}

  /** The whole page. */
  public static String of(Aggregate aggregate) {
    AggregatePage page = new AggregatePage();
    page.write(aggregate);
    return page.html.toString();
  }

  private void write(Aggregate aggregate) {
    html.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none';")
        .append(" style-src 'unsafe-inline'\">\n<title>Facial recognition: report over ")
        .append("deployments</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n")
        .append("<h1>Live facial recognition: report over deployments</h1>\n");
    paragraph(
        "Deployments: %d. Records, one of each box of a deployment: %d. From %s until %s."
            .formatted(
                aggregate.all().deployments(),
                aggregate.all().records(),
                time(aggregate.span().from()),
                time(aggregate.span().until())));
    paragraph(
        "Each record was signed by the device that counted, and its signature was verified. A"
            + " deployment counts once, however often it was named. A face seen is one person who"
            + " passes one camera once. Intervals are of 95 %, by Clopper and Pearson.");
    groups("In all", "What", List.of(aggregate.all()));
    aggregate.all().urgent().forEach(each -> paragraph(each.line()));
    street(aggregate.all().total().afterwards().street());
    groups("By deployment", "Deployment", aggregate.by().deployment());
    groups("By device", "Van and device", aggregate.by().device());
    groups("By version", "Software and model pack", aggregate.by().version());
    cameras(aggregate);
    categories(aggregate);
    refused(aggregate);
    heading("What is not known");
    html.append("<ul>\n");
    aggregate.unknown().forEach(each -> element("li", each));
    html.append("</ul>\n</main>\n</body>\n</html>\n");
  }

  private void groups(String title, String name, List<Group> groups) {
    heading(title);
    table(
        "Faces, alerts and rates",
        name,
        "Deployments",
        "Cameras open",
        "Paused",
        "Faces seen",
        "Alerts",
        "True",
        "False",
        "Unresolved",
        "No outcome",
        "False alerts per face seen",
        "False alerts per alert with an outcome",
        "Walks recognised");
    for (Group group : groups) {
      MergedRecord.Total total = group.total();
      MergedRecord.Walks walks = total.afterwards().walks();
      Long capture = total.time().captureSeconds();
      row(
          group.name(),
          List.of(
              Integer.toString(group.deployments()),
              capture == null ? "not known" : hours(capture),
              hours(total.time().pausedSeconds()),
              Long.toString(total.counts().facesSeen()),
              Long.toString(total.counts().alerts()),
              Long.toString(total.outcomes().correct()),
              Long.toString(total.outcomes().wrong()),
              Long.toString(total.outcomes().unresolved()),
              Long.toString(total.outcomes().open()),
              rate(total.falseAlertsPerFaceSeen()),
              rate(total.falseAlertsPerAlert()),
              walks == null ? "no walks" : rate(walks.inAll())));
    }
    endTable();
  }

  private void street(MergedRecord.@Nullable Street street) {
    if (street == null) {
      paragraph("What became of alerts in the street was not stated.");
      return;
    }
    paragraph(
        "In the street: %d stopped, %d lost, %d not attempted. Of those stopped, %d were found to be"
                .formatted(
                    street.engagements().stopped(),
                    street.engagements().lost(),
                    street.engagements().notAttempted(),
                    street.confirmed().correct())
            + " the subject, %d were not, %d are unresolved; %d were arrested."
                .formatted(
                    street.confirmed().wrong(),
                    street.confirmed().unresolved(),
                    street.actions().arrested()));
    street
        .groups()
        .forEach(
            (result, row) ->
                paragraph("Groups, as stated, where found " + result + ": " + cells(row)));
  }

  private static String cells(Map<String, String> row) {
    return row.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private void cameras(Aggregate aggregate) {
    heading("By camera");
    if (aggregate.by().camera().isEmpty()) {
      paragraph("No announced walk by any camera could be judged.");
      return;
    }
    table(
        "Control entries recognised, of the passes walked",
        "Camera",
        "Van and device",
        "Deployment, software, model pack and threshold",
        "Recognised");
    aggregate
        .by()
        .camera()
        .forEach(
            each ->
                row(
                    each.camera(),
                    List.of(
                        each.device(),
                        each.deployment() + ", " + each.at(),
                        rate(each.trueRecognition()))));
    endTable();
  }

  private void categories(Aggregate aggregate) {
    heading("By category");
    if (aggregate.by().category().isEmpty()) {
      paragraph("There was no alert.");
      return;
    }
    table("Alerts by why the subject was listed", "Category", "Alerts", "Alerts per face seen");
    aggregate
        .by()
        .category()
        .forEach(
            each ->
                row(
                    each.name(),
                    List.of(Long.toString(each.alerts()), rate(each.alertsPerFaceSeen()))));
    endTable();
  }

  private void refused(Aggregate aggregate) {
    heading("Files that are in no figure");
    if (aggregate.refused().isEmpty()) {
      paragraph("None of the files named was refused.");
      return;
    }
    table("Refused, and why", "File", "Why");
    aggregate.refused().forEach(each -> row(each.file(), List.of(each.why())));
    endTable();
  }

  private void heading(String text) {
    element("h2", text);
  }

  private void paragraph(String text) {
    element("p", text);
  }

  private void table(String caption, String... columns) {
    html.append("<div class=\"wide\"><table>\n");
    element("caption", caption);
    html.append("<thead><tr>");
    for (String column : columns) {
      html.append("<th scope=\"col\">").append(escaped(column)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
  }

  private void row(String name, List<String> cells) {
    html.append("<tr><th scope=\"row\">").append(escaped(name)).append("</th>");
    for (String cell : cells) {
      html.append(cell.matches("[0-9]+") ? "<td class=\"n\">" : "<td>")
          .append(escaped(cell))
          .append("</td>");
    }
    html.append("</tr>\n");
  }

  private void endTable() {
    html.append("</tbody>\n</table></div>\n");
  }

  private void element(String name, String text) {
    html.append('<').append(name).append('>').append(escaped(text)).append("</").append(name);
    html.append(">\n");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  private static String rate(@Nullable Rate rate) {
    return rate == null ? "cannot be said" : rate.line();
  }

  private static String time(@Nullable Instant time) {
    return time == null ? "an unknown time" : time.toString();
  }

  private static String hours(long seconds) {
    return String.format(Locale.ROOT, "%d:%02d h", seconds / 3600, seconds / 60 % 60);
  }
}
