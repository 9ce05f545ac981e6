package org.sightline.edge.fieldtest.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.Chromium;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.fieldtest.Comparison;
import org.sightline.edge.fieldtest.ScenarioRun;
import org.sightline.edge.fieldtest.ScoredStreet;
import org.sightline.edge.fieldtest.SuiteReport;

/** The page as a browser without a network shows it, in a narrow window, light and dark. */
class ReportPageTest {
  private static final String HOSTILE = "<script>alert(1)</script> & \"corridor\"";

  @TempDir private static Path folder;
  @AutoClose private static Chromium chromium;
  @AutoClose private static BrowserContext context;
  private static Page page;
  private static final List<String> complaints = new ArrayList<>();
  private static final List<String> requests = new ArrayList<>();

  @BeforeAll
  static void open() throws Exception {
    ScenarioRun run =
        ScoredStreet.expectingBothAtBothCameras()
            .named(HOSTILE)
            .walkedBy(50)
            .raisedAsExpected()
            .raised("S-1", "mast-1", 4, 0.7)
            .raised("S-2", "mast-1", 22, 0.55)
            .run(new Comparison(true, List.of("new false alert: S-2"), List.of("p95: 3 ms")));
    ScenarioRun away =
        new ScenarioRun(
            "away",
            Path.of("away.yaml"),
            "away",
            null,
            new SightlineException(
                ErrorKind.UNUSABLE_INPUT, "there is no clip", "a.mp4", "find it"),
            null);
    List<ScenarioRun> runs = List.of(run, away);
    Path file =
        Files.writeString(
            folder.resolve("report.html"),
            ReportPage.of(SuiteReport.of("drawn", runs, null), runs));
    chromium = Chromium.launch();
    context = chromium.context(new NewContextOptions().setViewportSize(320, 640));
    context.setOffline(true);
    page = context.newPage();
    page.onConsoleMessage(message -> complaints.add(message.text()));
    page.onPageError(complaints::add);
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(file.toUri().toString());
  }

  private static int count(String selector) {
    return page.locator(selector).count();
  }

  @Test
  void everyPlotIsThere() {
    assertThat(
            page.locator("figure svg")
                .evaluateAll("all => all.map(each => each.querySelector('title').textContent)"))
        .isEqualTo(
            List.of(
                "TPIR by height of the face",
                "TPIR by height of the face",
                "Similarity of the alerts",
                "Detection error trade-off",
                "Latency by stage"));
  }

  @Test
  void everyFigureHasACaption() {
    assertThat(count("figure")).isEqualTo(5);
    assertThat(count("figure > figcaption")).isEqualTo(5);
  }

  @Test
  void nothingIsLoadedAndNothingComplains() {
    assertThat(requests).hasSize(1);
    assertThat(complaints).isEmpty();
  }

  @Test
  void whatAScenarioIsCalledIsText() {
    assertThat(count("script")).isZero();
    assertThat(page.locator("h2").first().textContent()).isEqualTo(HOSTILE);
  }

  @Test
  void nothingScrollsSidewaysInANarrowWindow() {
    assertThat(page.evaluate("() => document.scrollingElement.scrollWidth")).isEqualTo(320);
  }

  @Test
  void noSchemePutsUpABarrier() {
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      assertThat(Chromium.barriers(page)).as(scheme.name()).isEmpty();
    }
  }

  @Test
  void aScenarioThatCouldNotBeRunSaysWhy() {
    assertThat(page.locator("main").textContent()).contains("there is no clip: a.mp4 (find it)");
  }
}
