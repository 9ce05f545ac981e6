package org.sightline.edge.board;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import com.microsoft.playwright.options.ViewportSize;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The browser that the system has, without a window; a test without it is skipped. One process
 * serves all tests of a JVM, one after the other: it takes seconds to start.
 */
public final class Chromium implements AutoCloseable {
  private static final Path PROGRAM = Path.of("/usr/bin/chromium");

  /** A browser on a busy machine is not quick. */
  private static final double PATIENCE_MILLIS = 30_000;

  private static final List<String> WCAG = List.of("wcag2a", "wcag2aa", "wcag21aa", "wcag22aa");

  /**
   * The builder of axe-core puts its script in again each time, and brings what is in order, too.
   * Nothing is loaded beforehand: that would be style sheets and films for rules that are not asked
   * for.
   */
  private static final String BARRIERS =
      """
      async ({tags, beside}) => {
        const {violations} = await axe.run(
          beside ? {exclude: [[beside]]} : document,
          {runOnly: tags, resultTypes: ["violations"], preload: false});
        return violations.flatMap(({id, nodes}) =>
          nodes.map(({html, failureSummary}) => `${id}: ${html}${failureSummary}`));
      }
      """;

  private static final Browser.NewContextOptions DESK =
      new Browser.NewContextOptions().setViewportSize(1440, 900);

  private static final Browser.NewContextOptions PHONE =
      new Browser.NewContextOptions().setViewportSize(390, 844).setHasTouch(true);

  /** What a new profile has, too. */
  private static final EmulateMediaOptions NO_PREFERENCE =
      new EmulateMediaOptions()
          .setColorScheme(ColorScheme.LIGHT)
          .setForcedColors(ForcedColors.NONE)
          .setReducedMotion(ReducedMotion.NO_PREFERENCE);

  private static @Nullable Browser running;

  private final Browser browser;
  private final Deque<Desk> desks = new ArrayDeque<>();
  private final Deque<Desk> phones = new ArrayDeque<>();
  private int port;

  private Chromium(Browser browser) {
    this.browser = browser;
  }

  /** The browser of this JVM; another one if it has crashed. */
  private static synchronized Browser running() {
    if (running == null || !running.isConnected()) {
      running = start();
    }
    return running;
  }

  private static Browser start() {
    Playwright playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    Runtime.getRuntime().addShutdownHook(new Thread(playwright::close, "end-of-chromium"));
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    return playwright
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
  }

  /** A browser without a profile that another has used. Skips the test if there is none. */
  public static Chromium launch() {
    assumeTrue(Files.isExecutable(PROGRAM), "Chromium is not installed");
    return new Chromium(running());
  }

  /**
   * Another officer's desk: nothing is shared with other seats. A desk that somebody has left is
   * cleared and taken again, for a new one costs the browser processes and seconds.
   */
  Seat seat(RunningBoard board) {
    return seat(board, desks, DESK);
  }

  /** The phone of another officer, which is given back as a desk is. */
  Seat phone(RunningBoard board) {
    return seat(board, phones, PHONE);
  }

  private Seat seat(RunningBoard board, Deque<Desk> free, Browser.NewContextOptions kind) {
    Desk desk = free.isEmpty() ? desk(kind) : free.pop();
    return seat(
        board,
        desk,
        login -> {
          desk.clear(login);
          ViewportSize size = kind.viewportSize.orElseThrow();
          desk.page().setViewportSize(size.width, size.height);
          desk.page().emulateMedia(NO_PREFERENCE);
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
    return barriers(page, "");
  }

  /** The same but for what a selector names. */
  static List<String> barriers(Page page, String beside) {
    if (page.evaluate("() => typeof axe").equals("undefined")) {
      page.evaluate(AxeBuilder.getAxeScript());
    }
    List<?> found = (List<?>) page.evaluate(BARRIERS, Map.of("tags", WCAG, "beside", beside));
    return found.stream().map(String::valueOf).toList();
  }

  /** Gives up all its profiles. */
  @Override
  public void close() {
    browser.contexts().forEach(BrowserContext::close);
  }
}
