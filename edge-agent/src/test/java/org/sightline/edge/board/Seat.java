package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.LoadState;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An officer before the page. Whatever the browser complains of is kept. */
final class Seat implements AutoCloseable {
  /** Everything that a page can leave behind in a browser, but for cookies. */
  private static final String LEFT_BEHIND =
      """
      async () => [
        ...Object.keys(localStorage),
        ...Object.keys(sessionStorage),
        ...(await indexedDB.databases()).map((database) => database.name),
        ...(await navigator.serviceWorker.getRegistrations()).map((worker) => worker.scope),
      ]
      """;

  private final BrowserContext context;
  private final Page page;
  private final URI board;
  private final List<String> complaints = new CopyOnWriteArrayList<>();

  Seat(BrowserContext context, URI board, double patienceMillis) {
    this.context = context;
    this.board = board;
    context.setDefaultTimeout(patienceMillis);
    page = context.newPage();
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") || message.type().equals("warning")) {
            complaints.add(message.text() + " (" + message.location() + ")");
          }
        });
    page.onPageError(complaints::add);
  }

  Seat goToLogin() {
    page.navigate(board.resolve("/login").toString());
    return this;
  }

  /** Logs in and waits for the first picture of the situation. */
  Seat loggedInAs(String officer) {
    goToLogin().logIn(officer, RunningBoard.PASSWORD);
    assertThat(find("#link-words")).hasText("Live");
    return this;
  }

  void logIn(String officer, String password) {
    page.fill("#officer", officer);
    page.fill("#password", password);
    page.click("button[type=submit]");
    page.waitForLoadState(LoadState.DOMCONTENTLOADED);
  }

  /** Presses one key after the other. */
  Seat press(String... keys) {
    for (String key : keys) {
      page.keyboard().press(key);
    }
    return this;
  }

  Locator find(String selector) {
    return page.locator(selector);
  }

  Page page() {
    return page;
  }

  BrowserContext context() {
    return context;
  }

  /** What the browser complained of: errors, warnings, breaches of the content security policy. */
  List<String> complaints() {
    return complaints;
  }

  List<?> leftBehind() {
    return list(LEFT_BEHIND);
  }

  /** What a script answers that answers with a list. */
  List<?> list(String script) {
    return (List<?>) page.evaluate(script);
  }

  /** What breaks the Web Content Accessibility Guidelines at this moment, as axe-core sees it. */
  List<String> barriers() {
    return Chromium.barriers(page);
  }

  @Override
  public void close() {
    context.close();
  }
}
