package org.sightline.edge.fieldtest.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sightline.edge.fieldtest.ExpectedPass;
import org.sightline.edge.fieldtest.FieldTestReport;
import org.sightline.edge.fieldtest.FieldTestReport.Recall;
import org.sightline.edge.fieldtest.FieldTestReport.Shares;
import org.sightline.edge.fieldtest.Group;
import org.sightline.edge.fieldtest.Prediction;
import org.sightline.edge.fieldtest.Rates;
import org.sightline.edge.fieldtest.ScenarioRun;
import org.sightline.edge.fieldtest.SuiteReport;
import org.sightline.edge.plot.Markup;
import org.sightline.edge.plot.Plot;

/** Field tests as a page to be read: one file that loads nothing and runs no script. */
public final class ReportPage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--ground:#fff;--ink:#15202b;--quiet:#495866;--line:#7c8a97;--good:#0d6a4c;--bad:#a4201a}
      @media(prefers-color-scheme:dark){:root{--ground:#171e26;--ink:#e7edf3;--quiet:#a3b3c2;--line:#6d7e8d;--good:#74d3aa;--bad:#ff9d94}}
      *{box-sizing:border-box}
      body{margin:0 auto;padding:1rem;max-width:60rem;background:var(--ground);color:var(--ink);
      font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Liberation Sans",sans-serif;overflow-wrap:anywhere}
      h1,h2,h3{line-height:1.25}
      h2{margin-top:2.5rem;border-top:2px solid var(--line);padding-top:1rem}
      .scroll{overflow-x:auto;margin:0 0 1.5rem}
      table{border-collapse:collapse;font-variant-numeric:tabular-nums;overflow-wrap:normal}
      caption{text-align:left;font-weight:600;padding:.25rem 0}
      th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line)}
      td:last-child{min-width:7rem}
      figure{margin:1.5rem 0}
      figure svg{min-width:30rem}
      figcaption,.quiet{color:var(--quiet)}
      .good{color:var(--good);font-weight:600}
      .bad{color:var(--bad);font-weight:600}
      """;

  private final Markup html = new Markup();

  private ReportPage() {}

  /** The text of {@code report.html} of one scenario. */
  public static String of(ScenarioRun run) {
    ReportPage page = new ReportPage();
    page.begin("Field test: " + run.name());
    page.verdict(run.passed());
    page.scenario(run);
    return page.end();
  }

  /** The text of {@code report.html} of several. */
  public static String of(SuiteReport suite, List<ScenarioRun> runs) {
    ReportPage page = new ReportPage();
    page.begin("Field tests: " + suite.suite());
    page.verdict(suite.passed());
    page.list("In the baseline and not run", suite.scenariosNotRun());
    page.overview(suite, runs);
    for (ScenarioRun run : runs) {
      page.html.element("h2", run.name(), "id", id(run));
      page.verdict(run.passed());
      page.scenario(run);
    }
    return page.end();
  }

  private static String id(ScenarioRun run) {
    return "s-" + run.folder();
  }

  private void begin(String title) {
    html.open("html", "lang", "en")
        .open("head")
        .empty("meta", "charset", "UTF-8")
        .empty(
            "meta",
            "http-equiv",
            "Content-Security-Policy",
            "content",
            "default-src 'none'; style-src 'unsafe-inline'")
        .empty("meta", "name", "viewport", "content", "width=device-width, initial-scale=1")
        .element("title", title)
        .element("style", STYLE)
        .close()
        .open("body")
        .open("main")
        .element("h1", title);
  }

  private String end() {
    return "<!DOCTYPE html>\n" + html.close().close().close() + "\n";
  }

  private void verdict(boolean passed) {
    html.element("p", passed ? "As expected" : "NOT as expected", "class", passed ? "good" : "bad");
  }

  private void overview(SuiteReport suite, List<ScenarioRun> runs) {
    List<List<String>> rows = new ArrayList<>();
    for (ScenarioRun run : runs) {
      FieldTestReport report = run.report();
      rows.add(
          report == null
              ? List.of(run.name(), "could not be run", "", "", "")
              : List.of(
                  run.name(),
                  run.passed() ? "as expected" : "NOT as expected",
                  report.recall().passesAlerted() + " of " + report.recall().passesExpected(),
                  Words.rate(
                      report.score().shares().tpir(), report.rates().intervals().tpirInterval(), 3),
                  String.valueOf(report.score().alerts().falseAlerts())));
    }
    table(
        "Scenarios",
        List.of("scenario", "result", "passes alerted", "TPIR (95 %)", "false alerts"),
        rows);
    rates(
        "All scenarios together",
        suite.recall(),
        suite.tracks(),
        suite.alerts().falseAlerts(),
        suite.shares(),
        List.of());
    groups(suite.shares().rates());
    figure(Plots.byFaceHeight("all-face-height", suite.shares().rates().groups().byFaceHeightPx()));
  }

  private void scenario(ScenarioRun run) {
    FieldTestReport report = run.report();
    if (report == null) {
      html.element(
          "p", "It could not be run: " + (run.failure() == null ? "" : run.failure().getMessage()));
      return;
    }
    comparison(run);
    rates(
        "Figures",
        report.recall(),
        report.traffic().tracks(),
        report.score().alerts().falseAlerts(),
        report.score().shares(),
        ofTheRun(report));
    groups(report.rates());
    figure(Plots.byFaceHeight(id(run) + "-face-height", report.rates().groups().byFaceHeightPx()));
    figure(Plots.similarities(id(run) + "-similarities", report));
    figure(Plots.detectionErrorTradeOff(id(run) + "-det", report));
    figure(Plots.latency(id(run) + "-latency", report));
    latency(report);
    passes(report);
    unexpected(report);
    list("Pictures that were not enrolled", report.lists().refusedPictures());
  }

  private void comparison(ScenarioRun run) {
    if (run.comparison() != null) {
      list("Worse than the baseline", run.comparison().worse());
      list("Different from the baseline", run.comparison().different());
    }
  }

  private static List<List<String>> ofTheRun(FieldTestReport report) {
    return List.of(
        List.of(
            "threshold",
            Words.number(report.search().threshold(), 3)
                + (report.search().thresholdExtrapolated() ? " (beyond the calibration)" : "")),
        List.of("listed subjects", String.valueOf(report.search().galleryEntries())),
        List.of("model pack", report.search().modelPack()),
        List.of(
            "frames",
            report.traffic().frames().framesRead()
                + " read, "
                + report.traffic().frames().framesPassedOver()
                + " passed over, "
                + report.traffic().frames().framesProcessed()
                + " processed, "
                + report.traffic().frames().framesDropped()
                + " dropped"),
        List.of("frames per second", Words.number(report.speed().framesPerSecond(), 1)));
  }

  private void rates(
      String caption,
      Recall recall,
      long tracks,
      int falseAlerts,
      Shares shares,
      List<List<String>> more) {
    Rates rates = shares.rates();
    Prediction predicted = rates.predicted().falseAlertsPredicted();
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("passes alerted", recall.passesAlerted() + " of " + recall.passesExpected()));
    rows.add(
        List.of("TPIR per pass", Words.rate(shares.tpir(), rates.intervals().tpirInterval(), 3)));
    rows.add(
        List.of("false alerts", falseAlerts + ", " + rates.repeatedAlerts() + " of them repeated"));
    rows.add(List.of("tracks", String.valueOf(tracks)));
    rows.add(
        List.of(
            "FPIR per track",
            Words.rate(shares.fpirPerTrack(), rates.intervals().fpirPerTrackInterval(), 4)));
    rows.add(
        List.of(
            "false alerts per 1,000 faces seen",
            Words.rate(
                rates.intervals().falseAlertsPerThousandFaces(),
                rates.intervals().falseAlertsPerThousandFacesInterval(),
                2)));
    rows.add(
        List.of(
            "missed, and no face found by the detector",
            Words.count(rates.walked().undetectedPasses())));
    rows.add(List.of("passes not listed", Words.count(rates.walked().nonListedPasses())));
    rows.add(
        List.of(
            "false alerts predicted",
            predicted == null
                ? Words.count(null)
                : Words.number(predicted.expected(), 3)
                    + " ("
                    + predicted.lower95()
                    + " to "
                    + predicted.upper95()
                    + "), "
                    + (Boolean.TRUE.equals(rates.predicted().falseAlertsWithinPrediction())
                        ? "which holds"
                        : "which does not hold")));
    rows.addAll(more);
    table(caption, List.of("figure", "value (95 % interval)"), rows);
  }

  private void groups(Rates rates) {
    groups("By camera", rates.groups().byCamera());
    groups("By largest height of the face, px", rates.groups().byFaceHeightPx());
    groups("By category of the list", rates.groups().byCategory());
    groups("By label of the test set", rates.groups().byLabel());
    if (rates.groups().falseAlertsUnattributed() != null
        && rates.groups().falseAlertsUnattributed() > 0) {
      html.element(
          "p",
          "False alerts that no label can be given, because not exactly one person was before the"
              + " camera: "
              + rates.groups().falseAlertsUnattributed(),
          "class",
          "quiet");
    }
  }

  private void groups(String caption, List<Group> groups) {
    table(
        caption,
        List.of("group", "passes", "alerted", "TPIR (95 %)", "not listed", "false alerts", "note"),
        groups.stream()
            .map(
                group ->
                    List.of(
                        group.by() + ": " + group.value(),
                        String.valueOf(group.listed().passes()),
                        String.valueOf(group.listed().alerted()),
                        Words.rate(group.listed().tpir(), group.listed().tpirInterval(), 3),
                        Words.count(group.others().nonListedPasses()),
                        Words.count(group.others().falseAlerts()),
                        Objects.requireNonNullElse(group.warning(), "")))
            .toList());
  }

  private void latency(FieldTestReport report) {
    List<List<String>> rows = new ArrayList<>();
    Plots.stages(report)
        .forEach(
            (stage, millis) ->
                rows.add(
                    List.of(
                        stage,
                        Words.number(millis.p50(), 0),
                        Words.number(millis.p95(), 0),
                        Words.number(millis.max(), 0))));
    table("Milliseconds from capture to", List.of("stage", "p50", "p95", "max"), rows);
  }

  private void passes(FieldTestReport report) {
    table(
        "Expected alerts",
        List.of("subject", "camera", "from, s", "to, s", "alert at, s", "similarity", "face, px"),
        report.lists().passes().stream().map(ReportPage::cells).toList());
  }

  private static List<String> cells(ExpectedPass pass) {
    return List.of(
        pass.subject().value(),
        pass.camera().value(),
        Words.number(pass.window().fromSeconds(), 2),
        Words.number(pass.window().toSeconds(), 2),
        pass.raised().alertSeconds() == null
            ? "MISSED: " + pass.whyMissed()
            : Words.number(pass.raised().alertSeconds(), 2),
        pass.raised().similarity() == null ? "" : Words.number(pass.raised().similarity(), 3),
        pass.passer().largestFaceHeightPx() == null
            ? ""
            : Words.number(pass.passer().largestFaceHeightPx(), 0));
  }

  private void unexpected(FieldTestReport report) {
    table(
        "False alerts",
        List.of("subject", "camera", "at, s", "similarity", "kind"),
        report.lists().unexpected().stream()
            .map(
                alert ->
                    List.of(
                        alert.subject().value(),
                        alert.camera().value(),
                        Words.number(alert.seconds(), 2),
                        Words.number(alert.similarity(), 3),
                        report.isRepeated(alert) ? "repeated" : "false"))
            .toList());
  }

  /** A table that scrolls in itself; nothing without rows. */
  private void table(String caption, List<String> columns, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    html.open("div", scrolling(caption))
        .open("table")
        .element("caption", caption)
        .open("thead")
        .open("tr");
    columns.forEach(column -> html.element("th", column, "scope", "col"));
    html.close().close().open("tbody");
    for (List<String> row : rows) {
      html.open("tr").element("th", row.get(0), "scope", "row");
      row.stream().skip(1).forEach(cell -> html.element("td", cell));
      html.close();
    }
    html.close().close().close();
  }

  /** Of what scrolls in itself where the window is narrow; the keyboard reaches it. */
  private static Object[] scrolling(String name) {
    return new Object[] {"class", "scroll", "role", "region", "aria-label", name, "tabindex", 0};
  }

  private void list(String title, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    html.element("p", title).open("ul");
    lines.forEach(line -> html.element("li", line));
    html.close();
  }

  private void figure(Optional<Plot> plot) {
    plot.ifPresent(
        each ->
            html.open("figure")
                .open("div", scrolling(each.title()))
                .raw(each.svg())
                .close()
                .element("figcaption", each.title() + ". " + each.description() + ".")
                .close());
  }
}
