package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.LoadState;
import com.microsoft.playwright.options.RequestOptions;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

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
  private final String start;
  private final String login;
  private final Consumer<String> left;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Consumer<ConsoleMessage> console = this::hear;
  private final Consumer<String> error = complaints::add;

  /**
   * @param left what becomes of the desk when the officer leaves; is called with the address of the
   *     login
   */
  Seat(Desk desk, URI board, Consumer<String> left) {
    this.context = desk.context();
    this.page = desk.page();
    this.start = board.resolve("/").toString();
    this.login = board.resolve("/login").toString();
    this.left = left;
    page.onConsoleMessage(console);
    page.onPageError(error);
  }

  private void hear(ConsoleMessage message) {
    if (message.type().equals("error") || message.type().equals("warning")) {
      complaints.add(message.text() + " (" + message.location() + ")");
    }
  }

  Seat goToLogin() {
    page.navigate(login);
    return this;
  }

  /**
   * Logs in, without the page of the login, and waits for the first picture of the situation. Where
   * the login is what matters, {@link #logIn} goes through it.
   */
  Seat loggedInAs(String officer) {
    // A page that is left open would ask with the session that this login ends.
    page.navigate("about:blank");
    APIResponse answer =
        context
            .request()
            .post(
                login,
                RequestOptions.create()
                    .setHeader("Sec-Fetch-Site", "same-origin")
                    .setHeader("Accept", "application/json")
                    .setForm(
                        FormData.create()
                            .set("officer", officer)
                            .set("password", RunningBoard.PASSWORD)));
    assertThat(answer).isOK();
    page.navigate(start);
    assertThat(find("#link-words")).hasText("Live");
    return this;
  }

  void logIn(String officer, String password) {
    page.fill("#officer", officer);
    page.fill("#password", password);
    page.click("button[type=submit]");
    page.waitForLoadState(LoadState.DOMCONTENTLOADED);
  }

  /** Presses one key after the other, each when the page takes keys. */
  Seat press(String... keys) {
    for (String key : keys) {
      assertThat(find("[aria-busy=true]")).hasCount(0);
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
    page.offConsoleMessage(console);
    page.offPageError(error);
    left.accept(login);
  }
}
