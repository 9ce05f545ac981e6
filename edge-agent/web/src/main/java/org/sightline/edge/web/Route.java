package org.sightline.edge.web;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpMethod;
import org.sightline.edge.web.login.Session;

/** What there is under a path, for one method, for logged-in officers. */
public final class Route {
  private final HttpMethod method;
  private final Pattern path;
  private final Action action;
  private final boolean whileLocked;

  /** What is done for a session with a request whose path fits. */
  @FunctionalInterface
  public interface Action {
    /** Responds, now or later. */
    void run(Session session, Matcher path, Exchange exchange) throws Exception;
  }

  private Route(HttpMethod method, Pattern path, Action action, boolean whileLocked) {
    this.method = method;
    this.path = path;
    this.action = action;
    this.whileLocked = whileLocked;
  }

  /**
   * What is looked at.
   *
   * @param path a regular expression
   */
  public static Route get(String path, Action action) {
    return new Route(HttpMethod.GET, Pattern.compile(path), action, false);
  }

  /**
   * What changes something: only a page of ours that bears the session's token gets so far.
   *
   * @param path a regular expression
   */
  public static Route post(String path, Action action) {
    return new Route(HttpMethod.POST, Pattern.compile(path), action, false);
  }

  /** The same, there for a locked session too. */
  public Route whileLocked() {
    return new Route(method, path, action, true);
  }

  boolean isThereFor(Session session) {
    return whileLocked || !session.isLocked();
  }

  HttpMethod method() {
    return method;
  }

  Pattern path() {
    return path;
  }

  Action action() {
    return action;
  }
}
