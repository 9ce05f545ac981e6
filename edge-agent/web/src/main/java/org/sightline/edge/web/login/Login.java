package org.sightline.edge.web.login;

/** What became of somebody's try to log in. */
public sealed interface Login {
  /** They are logged in. */
  record Begun(Session session) implements Login {}

  /** The password is not that officer's, or there is no such officer. */
  record Wrong() implements Login {}

  /** The password is right, and as many sessions are open as may be. */
  record Full() implements Login {}
}
