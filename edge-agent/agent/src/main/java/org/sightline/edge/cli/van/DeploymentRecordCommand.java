package org.sightline.edge.cli.van;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ListNearness;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.record.RecordTable;
import org.sightline.edge.statistics.Proportion;
import org.sightline.edge.store.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints the public record of a deployment. */
@Command(
    name = "record",
    description = {
      "Prints the public record of a deployment: faces seen, alerts, outcomes, both false-alert"
          + " rates with 95 %% intervals (Clopper-Pearson), thresholds, list size, versions.",
      "",
      "A face seen is one pass of one person in front of one camera. Rates per alert are of the"
          + " alerts that have an outcome."
    },
    footer = {
      "",
      "Example: sightline deployment record --data /var/lib/sightline --deployment D-7"
    })
final class DeploymentRecordCommand implements Callable<Integer> {
  @Option(names = "--data", required = true, paramLabel = "DIR", description = "Data folder.")
  private Path data = Path.of("");

  @Option(
      names = "--deployment",
      required = true,
      paramLabel = "ID",
      description = "Reference of the deployment, as authorised.")
  private @Nullable DeploymentId deployment;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Table to make, of one row; an existing file is never overwritten.")
  private @Nullable Path csv;

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "HTML page to make, for people; an existing file is never overwritten.")
  private @Nullable Path page;

  @Option(names = "--json", description = "Print JSON.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws SightlineException {
    PublicRecord record;
    try (Database database = Database.openExisting(data)) {
      record = PublicRecord.read(database, Objects.requireNonNull(deployment));
    }
    if (csv != null) {
      DocumentFile.create(csv, RecordTable.csv(record).getBytes(UTF_8));
    }
    if (page != null) {
      DocumentFile.create(page, RecordTable.page(record).getBytes(UTF_8));
    }
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    if (json) {
      JsonOutput.print(out, record);
    } else {
      print(out, record);
    }
    return 0;
  }

  private static void print(PrintWriter out, PublicRecord record) {
    line(
        out,
        "Deployment",
        record.use().deployment() + ", van " + record.use().van() + ", " + record.use().place());
    PublicRecord.Opened opened = record.use().opened();
    line(
        out,
        "Time",
        opened.openedAt() + " to " + (opened.closedAt() == null ? "now" : opened.closedAt()));
    PublicRecord.Urgent urgent = record.use().urgent();
    if (urgent != null) {
      line(out, "Urgent", urgent.line());
      line(out, "", "because: " + urgent.reason());
    }
    TimeLines.of(record.use().time()).forEach(value -> line(out, "", value));
    line(
        out,
        "Software",
        "sightline " + record.search().software() + ", model pack " + record.search().modelPack());
    line(
        out,
        "List",
        record.search().galleryEntries()
            + " entries"
            + (record.search().entriesWithdrawn() == 0
                ? ""
                : ", %d of them withdrawn since".formatted(record.search().entriesWithdrawn())));
    ListNearness nearness = record.search().nearness();
    if (nearness != null) {
      line(
          out,
          "",
          String.format(
              Locale.ROOT,
              "mean nearness of its people %.3f (usually %.3f)%s",
              nearness.mean(),
              nearness.usual(),
              nearness.isUnusual() ? ": more alike than the threshold was measured on" : ""));
    }
    for (PublicRecord.Threshold threshold : record.thresholds()) {
      line(
          out,
          "Threshold",
          String.format(
              Locale.ROOT,
              "cosine %.4f since %s (%s)",
              threshold.cosine(),
              threshold.since(),
              threshold.reason()));
    }
    for (PublicRecord.SubjectRise rise : record.search().subjectRises()) {
      line(
          out,
          "",
          String.format(
              Locale.ROOT,
              "raised by %.4f for one subject after each of %d alerts that were false",
              rise.by(),
              rise.alerts()));
    }
    Double facesPerHour = record.use().time().facesPerHour();
    line(
        out,
        "Faces seen",
        record.counts().facesSeen()
            + " (passes)"
            + (facesPerHour == null
                ? ""
                : String.format(Locale.ROOT, ", %.1f an hour of capture", facesPerHour)));
    line(
        out,
        "Frames",
        record.counts().frames()
            + " processed, with "
            + record.counts().faceDetections()
            + " face detections");
    PublicRecord.Outcomes outcomes = record.outcomes();
    line(
        out,
        "Alerts",
        record.counts().alerts()
            + ": "
            + outcomes.correct()
            + " true, "
            + outcomes.wrong()
            + " false, "
            + outcomes.unresolved()
            + " unresolved, "
            + outcomes.open()
            + " open");
    record
        .counts()
        .alertsByCategory()
        .forEach((category, alerts) -> line(out, "", alerts + " of category " + category));
    line(
        out,
        "False alerts",
        rate(
            record.falseAlerts().falseAlertsPerFaceSeen(),
            "per face seen",
            record.counts().facesSeen()));
    line(
        out,
        "",
        rate(
            record.falseAlerts().falseAlertsPerAlert(),
            "per alert with an outcome",
            record.counts().alerts()));
    if (record.street() != null) {
      StreetLines.of(record.street()).forEach((name, value) -> line(out, name, value));
    }
    if (record.waits() != null) {
      WaitLines.of(record.waits()).forEach((name, value) -> line(out, name, value));
    }
    if (record.walks() != null) {
      List<String> walks = WalkLines.of(record.walks());
      line(out, WalkLines.NAME, walks.get(0));
      walks.stream().skip(1).forEach(value -> line(out, "", value));
    }
  }

  private static void line(PrintWriter out, String name, String value) {
    out.println(String.format(Locale.ROOT, "%-14s%s", name, value));
  }

  private static String rate(@Nullable Proportion rate, String per, long denominator) {
    if (rate == null) {
      return per + ": " + (denominator == 0 ? "none to count" : "not yet adjudicated");
    }
    return String.format(
        Locale.ROOT,
        "%s: %d of %d = %.4g %% (95 %% interval %.4g to %.4g %%)",
        per,
        rate.count(),
        rate.of(),
        100 * rate.rate(),
        100 * rate.lower95(),
        100 * rate.upper95());
  }
}
