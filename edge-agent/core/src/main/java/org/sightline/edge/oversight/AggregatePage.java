package org.sightline.edge.oversight;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.html.HtmlPage;
import org.sightline.edge.oversight.Aggregate.Group;

/**
 * Figures over deployments as one HTML page for people: it loads nothing, runs nothing, is read
 * aloud in order, and is printed as it stands. Pure.
 */
public final class AggregatePage {
  private final HtmlPage html = HtmlPage.wide("Live facial recognition: report over deployments");

  private AggregatePage() {}

  /** The whole page. */
  public static String of(Aggregate aggregate) {
    AggregatePage page = new AggregatePage();
    page.write(aggregate);
    return page.html.end();
  }

  private void write(Aggregate aggregate) {
    html.paragraph(
        "Deployments: %d. Records, one of each box of a deployment: %d. From %s until %s."
            .formatted(
                aggregate.all().deployments(),
                aggregate.all().records(),
                time(aggregate.span().from()),
                time(aggregate.span().until())));
    html.paragraph(
        "Each record was signed by the device that counted, and its signature was verified. A"
            + " deployment counts once, however often it was named. A face seen is one person who"
            + " passes one camera once. Intervals are of 95 %, by Clopper and Pearson.");
    groups("In all", "What", List.of(aggregate.all()));
    aggregate.all().urgent().forEach(each -> html.paragraph(each.line()));
    street(aggregate.all().total().afterwards().street());
    groups("By deployment", "Deployment", aggregate.by().deployment());
    groups("By device", "Van and device", aggregate.by().device());
    groups("By version", "Software and model pack", aggregate.by().version());
    cameras(aggregate);
    categories(aggregate);
    refused(aggregate);
    html.heading("What is not known");
    html.list(aggregate.unknown());
  }

  private void groups(String title, String name, List<Group> groups) {
    html.heading(title);
    List<List<String>> rows = new ArrayList<>();
    List<String> columns =
        List.of(
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
      rows.add(
          List.of(
              group.name(),
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
    html.table("Faces, alerts and rates", columns, rows);
  }

  private void street(MergedRecord.@Nullable Street street) {
    if (street == null) {
      html.paragraph("What became of alerts in the street was not stated.");
      return;
    }
    html.paragraph(
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
                html.paragraph(
                    "Groups, as stated in the records that show them, where found "
                        + result
                        + ": "
                        + cells(row)));
  }

  private static String cells(Map<String, String> row) {
    return row.entrySet().stream()
        .map(each -> each.getKey() + " " + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private void cameras(Aggregate aggregate) {
    html.heading("By camera");
    if (aggregate.by().camera().isEmpty()) {
      html.paragraph("No announced walk by any camera could be judged.");
      return;
    }
    html.table(
        "Control entries recognised, of the passes walked",
        List.of(
            "Camera",
            "Van and device",
            "Deployment, software, model pack and threshold",
            "Recognised"),
        aggregate.by().camera().stream()
            .map(
                each ->
                    List.of(
                        each.camera(),
                        each.device(),
                        each.deployment() + ", " + each.at(),
                        rate(each.trueRecognition())))
            .toList());
  }

  private void categories(Aggregate aggregate) {
    html.heading("By category");
    if (aggregate.by().category().isEmpty()) {
      html.paragraph("There was no alert.");
      return;
    }
    html.table(
        "Alerts by why the subject was listed",
        List.of(
            "Category",
            "Alerts",
            "Alerts per face seen, of all faces, whether or not a list had the category"),
        aggregate.by().category().stream()
            .map(
                each ->
                    List.of(
                        each.name(), Long.toString(each.alerts()), rate(each.alertsPerFaceSeen())))
            .toList());
  }

  private void refused(Aggregate aggregate) {
    html.heading("Files that are in no figure");
    if (aggregate.refused().isEmpty()) {
      html.paragraph("None of the files named was refused.");
      return;
    }
    html.table(
        "Refused, and why",
        List.of("File", "Why"),
        aggregate.refused().stream().map(each -> List.of(each.file(), each.why())).toList());
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
