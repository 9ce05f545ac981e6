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

  /** What is done for a session with a request whose path fits. */
  @FunctionalInterface
  public interface Action {
    /** Responds, now or later. */
    void run(Session session, Matcher path, Exchange exchange) throws Exception;
  }

  private Route(HttpMethod method, String path, Action action) {
    this.method = method;
    this.path = Pattern.compile(path);
    this.action = action;
  }

  /**
   * What is looked at.
   *
   * @param path a regular expression
   */
  public static Route get(String path, Action action) {
    return new Route(HttpMethod.GET, path, action);
  }

  /**
   * What changes something: only a page of ours that bears the session's token gets so far.
   *
   * @param path a regular expression
   */
  public static Route post(String path, Action action) {
    return new Route(HttpMethod.POST, path, action);
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
