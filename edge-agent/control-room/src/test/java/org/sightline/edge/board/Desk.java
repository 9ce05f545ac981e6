package org.sightline.edge.board;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;

/** Where an officer sits: a browser profile of its own with one page. */
record Desk(BrowserContext context, Page page) {
  /**
   * A desk with a new profile.
   *
   * @param patienceMillis how long is waited for the page
   */
  static Desk in(Browser browser, Browser.NewContextOptions options, double patienceMillis) {
    BrowserContext context = browser.newContext(options);
    context.setDefaultTimeout(patienceMillis);
    return new Desk(context, context.newPage());
  }

  /** Makes it as it was when nobody had logged in; the board is still there. */
  void clear(String login) {
    context.setOffline(false);
    context.clearCookies();
    // The login asks nothing of a board by itself, so that nothing is amiss when the board goes.
    page.navigate(login);
  }
}
