package org.sightline.edge.board;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;

/** Several fingers on a page, as a touch screen has them. Playwright itself knows one tap alone. */
final class Fingers implements AutoCloseable {
  private final CDPSession browser;

  private Fingers(CDPSession browser) {
    this.browser = browser;
  }

  static Fingers on(Page page) {
    Fingers fingers = new Fingers(page.context().newCDPSession(page));
    fingers.touchScreen(true);
    return fingers;
  }

  private void touchScreen(boolean there) {
    JsonObject screen = new JsonObject();
    screen.addProperty("enabled", there);
    screen.addProperty("maxTouchPoints", 2);
    browser.send("Emulation.setTouchEmulationEnabled", screen);
  }

  /**
   * Fingers touch the page.
   *
   * @param places x and y of each, in pixels of the page
   */
  void touch(double... places) {
    send("touchStart", places);
  }

  /** The fingers that touch it are elsewhere now, each in the order in which it came. */
  void move(double... places) {
    send("touchMove", places);
  }

  void lift() {
    send("touchEnd");
  }

  private void send(String type, double... places) {
    JsonArray points = new JsonArray();
    for (int i = 0; i < places.length; i += 2) {
      JsonObject point = new JsonObject();
      point.addProperty("x", places[i]);
      point.addProperty("y", places[i + 1]);
      point.addProperty("id", i / 2);
      points.add(point);
    }
    JsonObject event = new JsonObject();
    event.addProperty("type", type);
    event.add("touchPoints", points);
    browser.send("Input.dispatchTouchEvent", event);
  }

  @Override
  public void close() {
    touchScreen(false);
    browser.detach();
  }
}
