package org.sightline.edge.board;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** The browser that the system has, without a window; a test without it is skipped. */
public final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  /** A browser on a busy machine is not quick. */
  private static final double PATIENCE_MILLIS = 30_000;

  private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa");

  private final Playwright playwright;
  private final Browser browser;
  private final Deque<Desk> free = new ArrayDeque<>();
  private int port;

  private Chromium() {
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(PROGRAM)
                    .setArgs(
                        List.of(
                            "--no-sandbox",
                            "--disable-gpu",
                            "--disable-background-networking",
                            "--disable-component-update",
                            "--disable-sync",
                            "--no-first-run")));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
  }

  /** Skips the test if there is none. */
  public static Chromium launch() {
    assumeTrue(Files.isExecutable(PROGRAM), "Chromium is not installed");
    return new Chromium();
  }

  /**
   * Another officer's desk: nothing is shared with other seats. A desk that somebody has left is
   * cleared and taken again, for a new one costs the browser processes and seconds.
   */
  Seat seat(RunningBoard board) {
    Desk desk =
        free.isEmpty()
            ? desk(new Browser.NewContextOptions().setViewportSize(1440, 900))
            : free.pop();
    return seat(
        board,
        desk,
        login -> {
          desk.clear(login);
          free.push(desk);
        });
  }

  /** A new desk of another kind, which nobody takes again. */
  Seat seat(RunningBoard board, Browser.NewContextOptions options) {
    Desk desk = desk(options);
    return seat(board, desk, login -> desk.context().close());
  }

  private Desk desk(Browser.NewContextOptions options) {
    return Desk.in(browser, options, PATIENCE_MILLIS);
  }

  private Seat seat(RunningBoard board, Desk desk, Consumer<String> left) {
    port = board.board().uri().getPort();
    return new Seat(desk, board.board().uri(), left);
  }

  /**
   * Where the board was that it has been to last, 0 if it has been to none. To a board there it
   * needs no new process.
   */
  int port() {
    return port;
  }

  /** A window of its own, on no page yet. */
  public BrowserContext context(Browser.NewContextOptions options) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(PATIENCE_MILLIS);
    return context;
  }

  /** What breaks the Web Content Accessibility Guidelines at this moment, as axe-core sees it. */
  public static List<String> barriers(Page page) {
    return barriers(new AxeBuilder(page));
  }

  /** The same but for what a selector names. */
  static List<String> barriers(Page page, String beside) {
    return barriers(new AxeBuilder(page).exclude(beside));
  }

  @SuppressWarnings("deprecation")
  private static List<String> barriers(AxeBuilder axe) {
    // The other mode opens a page for each report, to add up frames, of which ours has none.
    return axe.setLegacyMode(true).withTags(WCAG).analyze().getViolations().stream()
        .flatMap(
            rule ->
                rule.getNodes().stream()
                    .map(node -> rule.getId() + ": " + node.getHtml() + node.getFailureSummary()))
        .toList();
  }

  @Override
  public void close() {
    playwright.close();
  }
}
