package org.sightline.edge.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.oversight.MergedRecord;
import org.sightline.edge.oversight.MergedRecord.Box;
import org.sightline.edge.oversight.MergedRecord.Total;
import org.sightline.edge.oversight.Rate;
import org.sightline.edge.oversight.RecordFigures;
import org.sightline.edge.oversight.RecordFigures.Counts;
import org.sightline.edge.oversight.RecordFigures.Outcomes;

/** A merged record, printed. */
final class MergedLines {
  private final PrintWriter out;

  private MergedLines(PrintWriter out) {
    this.out = out;
  }

  static void print(PrintWriter out, MergedRecord record, boolean json) {
    if (json) {
      JsonOutput.print(out, record);
    } else {
      new MergedLines(out).print(record);
    }
  }

  private void print(MergedRecord record) {
    line("Deployment", record.deployment() + ", " + record.place());
    int missing = record.authorised().boxes() - record.boxes().size();
    line(
        "Boxes",
        "%d of %d authorised%s"
            .formatted(
                record.boxes().size(),
                record.authorised().boxes(),
                missing == 0 ? "" : ": " + missing + " MISSING"));
    record.boxes().forEach(this::box);
    line("List", record.galleryEntries() + " entries");
    total(record.total());
    record.notMerged().forEach(each -> line("Not merged", each.figure() + ": " + each.why()));
  }

  private void box(Box box) {
    line(
        "",
        "van %s, signed at %s, part %s: %s to %s, %d faces, %s"
            .formatted(
                box.van(),
                box.signedAt(),
                box.part(),
                box.life().openedAt() == null ? "an unknown time" : box.life().openedAt(),
                end(box.life()),
                box.figures().counts().facesSeen(),
                alerts(box.figures().counts(), box.figures().outcomes())));
    if (box.life().urgent() != null) {
      line("", "van " + box.van() + ": " + box.life().urgent().line());
    }
  }

  private static String end(RecordFigures.Life life) {
    return life.end() != null
        ? life.end().toString()
        : life.isOpen() ? "STILL OPEN" : "not known whether it ended";
  }

  private void total(Total total) {
    MergedRecord.Time time = total.time();
    line(
        "Time",
        "capture for %s, paused for %s, all boxes together"
            .formatted(
                time.captureSeconds() == null ? "an unknown time" : hours(time.captureSeconds()),
                hours(time.pausedSeconds())));
    line(
        "Faces seen",
        total.counts().facesSeen()
            + " (passes: somebody who passes two boxes is two)"
            + (time.facesPerHour() == null
                ? ""
                : ", " + time.facesPerHour() + " an hour of one box's capture"));
    line(
        "Frames",
        total.counts().frames()
            + " processed, with "
            + total.counts().faceDetections()
            + " face detections");
    line("Alerts", alerts(total.counts(), total.outcomes()));
    total
        .counts()
        .alertsByCategory()
        .forEach((category, alerts) -> line("", alerts + " of category " + category));
    line("False alerts", "per face seen: " + rate(total.falseAlertsPerFaceSeen()));
    line("", "per alert with an outcome: " + rate(total.falseAlertsPerAlert()));
    MergedRecord.Street street = total.afterwards().street();
    if (street != null) {
      street(street);
    }
    MergedRecord.Waits waits = total.afterwards().waits();
    if (waits != null) {
      line(
          "Waits known",
          "of %d alerts published, %d seen, %d claimed, %d judged, %d stopped"
              .formatted(
                  waits.published(),
                  waits.seen(),
                  waits.claimed(),
                  waits.outcome(),
                  waits.stopped()));
    }
    MergedRecord.Walks walks = total.afterwards().walks();
    if (walks != null) {
      walks(walks);
    }
  }

  private void street(MergedRecord.Street street) {
    line(
        "Engagements",
        "%d stopped, %d lost, %d not attempted; %d corrections"
            .formatted(
                street.engagements().stopped(),
                street.engagements().lost(),
                street.engagements().notAttempted(),
                street.corrections()));
    line(
        "Confirmed",
        "%d true, %d false, %d unresolved, of those stopped"
            .formatted(
                street.confirmed().correct(),
                street.confirmed().wrong(),
                street.confirmed().unresolved()));
    line(
        "Actions",
        "%d arrested, %d no action, %d other"
            .formatted(
                street.actions().arrested(),
                street.actions().noAction(),
                street.actions().other()));
    street.groups().forEach((result, row) -> line("Groups", result + ": " + cells(row)));
  }

  private void walks(MergedRecord.Walks walks) {
    line("Walks", "in all: true recognition rate " + rate(walks.inAll()));
    for (MergedRecord.Recognition each : walks.recognition()) {
      line(
          "",
          "van %s, %s: %s (list version %d, sightline %s, %s, threshold %s)"
              .formatted(
                  each.van(),
                  each.camera(),
                  each.trueRecognition().line(),
                  each.listVersion(),
                  each.software(),
                  each.modelPack(),
                  each.threshold() == null ? "not known" : each.threshold()));
    }
    walks
        .notJudged()
        .forEach(
            each ->
                line(
                    "",
                    "van %s, %s: passes not judged %d (%s%s)"
                        .formatted(
                            each.van(),
                            each.camera(),
                            each.passes(),
                            each.reason(),
                            each.recognisedBefore() == null
                                ? ""
                                : "; recognised before: " + each.recognisedBefore())));
    for (Map.Entry<String, Long> each :
        List.of(
            Map.entry("of walks that are not over", walks.open()),
            Map.entry("recognised without an announced walk", walks.unannounced()))) {
      if (each.getValue() > 0) {
        line("", "passes " + each.getKey() + ": " + each.getValue());
      }
    }
  }

  private static String cells(Map<String, String> row) {
    return row.entrySet().stream()
        .map(cell -> cell.getKey() + " " + cell.getValue())
        .collect(Collectors.joining(", "));
  }

  static String alerts(Counts counts, Outcomes outcomes) {
    return "%d alerts: %d true, %d false, %d unresolved, %d open"
        .formatted(
            counts.alerts(),
            outcomes.correct(),
            outcomes.wrong(),
            outcomes.unresolved(),
            outcomes.open());
  }

  static String rate(@Nullable Rate rate) {
    return rate == null ? "cannot be said" : rate.line();
  }

  private static String hours(long seconds) {
    return String.format(
        Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
  }

  private void line(String name, String value) {
    out.println(String.format(Locale.ROOT, "%-14s%s", name, value));
  }
}
