package org.sightline.edge.web.login;

import java.util.Locale;

/**
 * Keeps a record of who logged in, who failed to, and when sessions ended. Called on the thread on
 * which it happens, before anybody is answered; thread-safe.
 */
public interface LoginRecord {
  /** Why a session ended. */
  enum End {
    /** Its officer logged out. */
    LOGOUT,
    /** Its officer logged in again, in the same browser. */
    LOGGED_IN_AGAIN,
    /** Nobody was there for {@link Sessions#IDLE}. */
    UNATTENDED,
    /** It lasted for {@link Sessions#LONGEST}. */
    TIME_OVER,
    /** Its officer was removed or got a new password. */
    PASSWORD_CHANGED;

    /** In one word. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  void loggedIn(String officer, Role role);

  void ended(String officer, End end);

  /** A password was not that of an officer, of whom there is one. */
  void failed(String officer);

  /** Somebody tried to log in as an officer who does not exist. */
  void failed();

  /** A password was right, and no session began: there are as many as may be. */
  void refused(String officer);
}
