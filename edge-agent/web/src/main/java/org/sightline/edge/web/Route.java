package org.sightline.edge.web;

import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpMethod;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Session;

/** What there is under a path, for one method, for logged-in officers. */
public final class Route {
  private final HttpMethod method;
  private final Pattern path;
  private final Action action;
  private final boolean whileLocked;
  private final Set<Role> roles;

  /** What is done for a session with a request whose path fits. */
  @FunctionalInterface
  public interface Action {
    /** Responds, now or later. */
    void run(Session session, Matcher path, Exchange exchange) throws Exception;
  }

  private Route(
      HttpMethod method, Pattern path, Action action, boolean whileLocked, Set<Role> roles) {
    this.method = method;
    this.path = path;
    this.action = action;
    this.whileLocked = whileLocked;
    this.roles = roles;
  }

  /**
   * What is looked at.
   *
   * @param path a regular expression
   */
  public static Route get(String path, Action action) {
    return new Route(HttpMethod.GET, Pattern.compile(path), action, false, Role.DESK);
  }

  /**
   * What changes something: only a page of ours that bears the session's token gets so far.
   *
   * @param path a regular expression
   */
  public static Route post(String path, Action action) {
    return new Route(HttpMethod.POST, Pattern.compile(path), action, false, Role.DESK);
  }

  /** The same, there for a locked session too. */
  public Route whileLocked() {
    return new Route(method, path, action, true, roles);
  }

  /** The same, there for these roles alone; without it, for those who sit at a desk. */
  public Route onlyFor(Role... some) {
    return new Route(method, path, action, whileLocked, Set.of(some));
  }

  /** For whom it is. */
  public Set<Role> roles() {
    return roles;
  }

  boolean isThereFor(Role role) {
    return roles.contains(role);
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

  /** Method and path, as a regular expression. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
