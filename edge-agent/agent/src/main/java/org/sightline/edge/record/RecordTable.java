package org.sightline.edge.record;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.html.HtmlPage;
import org.sightline.edge.statistics.Proportion;

/**
 * The public record in the columns that police forces publish of each deployment, as a row of CSV
 * (RFC 4180) and as a page for print; every rate with its denominator and 95 % interval. What is
 * not known is an empty cell, or "not known". Pure.
 */
public final class RecordTable {
  private static final MathContext DIGITS = new MathContext(6);

  /**
   * A column.
   *
   * @param key of CSV
   * @param title for people; empty for what stands in the cell of the rate before it
   * @param value null if it is not known
   * @param shown for people
   */
  private record Column(String key, String title, @Nullable String value, String shown) {}

  private final List<Column> columns = new ArrayList<>();

  private RecordTable(PublicRecord record) {
    use(record.use());
    search(record);
    counts(record);
    rate(
        "falseAlertsPerFaceSeen",
        "False alerts per face seen",
        record.falseAlerts().falseAlertsPerFaceSeen());
    rate(
        "falseAlertsPerAlert",
        "False alerts per alert with an outcome",
        record.falseAlerts().falseAlertsPerAlert());
    street(record.street());
  }

  /** The record as a head and one row. */
  public static String csv(PublicRecord record) {
    List<Column> all = new RecordTable(record).columns;
    return line(all.stream().map(Column::key).toList())
        + line(all.stream().map(each -> cell(each.value())).toList());
  }

  /** The record as a page. */
  public static String page(PublicRecord record) {
    return new HtmlPage(
            "Live facial recognition: record of deployment " + record.use().deployment())
        .paragraph(
            "A face seen is one person who passes one camera once. Rates per alert are of the"
                + " alerts with an outcome. Intervals are of 95 %, by Clopper and Pearson.")
        .table(
            "The deployment",
            List.of("What", "Figure"),
            new RecordTable(record)
                .columns.stream()
                    .filter(each -> !each.title().isEmpty())
                    .map(each -> List.of(each.title(), each.shown()))
                    .toList())
        .end();
  }

  private void use(PublicRecord.Use use) {
    add("deployment", "Deployment", use.deployment());
    add("van", "Van", use.van());
    add("place", "Place", use.place());
    add("from", "From (UTC)", use.opened().openedAt());
    add("until", "Until (UTC)", use.ended() == null ? null : use.ended().endedAt());
    add("captureSeconds", "Seconds with cameras open", use.time().captureSeconds());
    add("pausedSeconds", "Seconds paused", use.time().pausedSeconds());
    PublicRecord.Urgent urgent = use.urgent();
    add(
        "urgent",
        "Urgent",
        urgent == null ? "no" : urgent.line(use.ended() != null) + "; because: " + urgent.reason());
  }

  private void search(PublicRecord record) {
    add("software", "Software", "sightline " + record.search().software());
    add("modelPack", "Model pack", record.search().modelPack());
    add("listEntries", "Entries of the list", record.search().galleryEntries());
    add("entriesWithdrawn", "Of them withdrawn since", record.search().entriesWithdrawn());
    add(
        "thresholds",
        "Thresholds (cosine), the first first",
        record.thresholds().stream()
            .map(each -> String.format(Locale.ROOT, "%.4f", each.cosine()))
            .collect(Collectors.joining("; ")));
  }

  private void counts(PublicRecord record) {
    add("facesSeen", "Faces seen", record.counts().facesSeen());
    add("alerts", "Alerts", record.counts().alerts());
    add("true", "True alerts", record.outcomes().correct());
    add("false", "False alerts", record.outcomes().wrong());
    add("unresolved", "Alerts unresolved", record.outcomes().unresolved());
    add("open", "Alerts without an outcome", record.outcomes().open());
    add("signedOutcomes", "Outcomes signed by a control room", record.signedOutcomes());
    add(
        "alertsByCategory",
        "Alerts by why the subject was listed",
        record.counts().alertsByCategory().entrySet().stream()
            .map(each -> each.getKey() + " " + each.getValue())
            .collect(Collectors.joining("; ")));
  }

  private void street(@Nullable EngagementFigures street) {
    add("stopped", "People stopped", street == null ? null : street.engagements().stopped());
    add("arrested", "Arrests", street == null ? null : street.actions().arrested());
    add("noAction", "Stopped, no action", street == null ? null : street.actions().noAction());
    add("otherAction", "Stopped, another action", street == null ? null : street.actions().other());
    add("lost", "Lost in the crowd", street == null ? null : street.engagements().lost());
    add(
        "notAttempted",
        "No stop attempted",
        street == null ? null : street.engagements().notAttempted());
  }

  private void add(String key, String title, @Nullable Object value) {
    String text = value == null ? null : value.toString();
    columns.add(new Column(key, title, text, text == null ? "not known" : text));
  }

  /** Five cells, as the figures over deployments have them, and one for people. */
  private void rate(String key, String title, @Nullable Proportion rate) {
    String shown =
        rate == null
            ? "cannot be said"
            : String.format(
                Locale.ROOT,
                "%d of %d = %.4g %% (95 %% interval %.4g to %.4g %%)",
                rate.count(),
                rate.of(),
                100 * rate.rate(),
                100 * rate.lower95(),
                100 * rate.upper95());
    columns.add(new Column(key + "Count", title, text(rate, Proportion::count), shown));
    columns.add(new Column(key + "Of", "", text(rate, Proportion::of), ""));
    columns.add(new Column(key, "", text(rate, each -> rounded(each.rate())), ""));
    columns.add(new Column(key + "Lower95", "", text(rate, each -> rounded(each.lower95())), ""));
    columns.add(new Column(key + "Upper95", "", text(rate, each -> rounded(each.upper95())), ""));
  }

  private static @Nullable String text(
      @Nullable Proportion rate, Function<Proportion, Object> figure) {
    return rate == null ? null : Objects.toString(figure.apply(rate));
  }

  private static String rounded(double value) {
    return new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString();
  }

  /** What others have written is quoted, and no spreadsheet takes it for a formula. */
  private static String cell(@Nullable String value) {
    if (value == null) {
      return "";
    }
    boolean formula = !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0;
    String safe = formula ? "'" + value : value;
    return safe.matches("(?s).*[\",\\r\\n].*") ? "\"" + safe.replace("\"", "\"\"") + "\"" : safe;
  }

  private static String line(List<String> cells) {
    return String.join(",", cells) + "\r\n";
  }
}
