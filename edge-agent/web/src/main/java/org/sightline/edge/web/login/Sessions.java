package org.sightline.edge.web.login;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in; in memory alone. A session ends at the logout, {@link #IDLE} after it was last
 * seen, {@link #LONGEST} after the login in any case, and when its officer is removed or gets a new
 * password. Thread-safe.
 */
public final class Sessions {
  /** How long somebody may be away. */
  public static final Duration IDLE = Duration.ofMinutes(15);

  /** The length of a long shift. */
  public static final Duration LONGEST = Duration.ofHours(12);

  /** Far more than a control room has seats; keeps what an intruder can fill bounded. */
  private static final int MOST = 1000;

  private static final SecureRandom RANDOM = new SecureRandom();

  private final Officers officers;
  private final LoginRecord record;
  private final Clock clock;
  private final int most;
  private final Map<String, Session> sessions = new ConcurrentHashMap<>();

  /**
   * @param clock that never goes back
   */
  public Sessions(Officers officers, LoginRecord record, Clock clock) {
    this(officers, record, clock, MOST);
  }

  /**
   * @param clock that never goes back
   * @param most how many sessions there are at once
   */
  public Sessions(Officers officers, LoginRecord record, Clock clock, int most) {
    this.officers = officers;
    this.record = record;
    this.clock = clock;
    this.most = most;
  }

  /**
   * Begins a session for a client that knows an officer's password.
   *
   * @param before the client's session of before, which ends when this one begins; null for none
   */
  public Login begin(String officer, char[] password, @Nullable Session before) {
    Optional<PasswordHash> right = officers.check(officer, password);
    if (right.isEmpty()) {
      fails(officer);
      return new Login.Wrong();
    }
    boolean replaces = before != null && sessions.containsKey(before.id());
    if (sessions.size() - (replaces ? 1 : 0) >= most) {
      record.refused(officer);
      return new Login.Full();
    }
    if (before != null) {
      end(before, LoginRecord.End.LOGGED_IN_AGAIN);
    }
    Session session = new Session(random(), random(), officer, right.get(), clock.instant());
    sessions.put(session.id(), session);
    role(session).ifPresent(role -> record.loggedIn(officer, role));
    return new Login.Begun(session);
  }

  private void fails(String officer) {
    if (knows(officer)) {
      record.failed(officer);
    } else {
      record.failed(); // What is in the field may be a password typed into the wrong one.
    }
  }

  /** Whether there is such an officer, for the log. */
  public boolean knows(String officer) {
    return officers.current(officer) != null;
  }

  /** What a session's officer is there for now; empty if they were removed meanwhile. */
  public Optional<Role> role(Session session) {
    return officers.role(session.officer());
  }

  /** The session of a cookie that is still good; counts as its being seen. */
  public Optional<Session> find(@Nullable String id) {
    Session session = id == null ? null : sessions.get(id);
    if (session == null || !isLive(session)) {
      return Optional.empty();
    }
    session.seen(clock.instant());
    return Optional.of(session);
  }

  /** Whether a session is still good; ends it if not. */
  public boolean isLive(Session session) {
    Optional<LoginRecord.End> end = reasonToEnd(session);
    end.ifPresent(why -> end(session, why));
    return end.isEmpty() && sessions.containsKey(session.id());
  }

  private Optional<LoginRecord.End> reasonToEnd(Session session) {
    Instant now = clock.instant();
    if (!session.password().equals(officers.current(session.officer()))) {
      return Optional.of(LoginRecord.End.PASSWORD_CHANGED);
    }
    if (!now.isBefore(session.began().plus(LONGEST))) {
      return Optional.of(LoginRecord.End.TIME_OVER);
    }
    return now.isBefore(session.lastSeen(now).plus(IDLE))
        ? Optional.empty()
        : Optional.of(LoginRecord.End.UNATTENDED);
  }

  /** How long a session lasts from now on, if somebody is there. */
  public Duration left(Session session) {
    return Duration.between(clock.instant(), session.began().plus(LONGEST));
  }

  public void streamOpened(Session session) {
    session.streamOpened();
  }

  public void streamClosed(Session session) {
    session.streamClosed(clock.instant());
  }

  /** Ends a session, for a reason that is recorded once. */
  public void end(Session session, LoginRecord.End why) {
    if (sessions.remove(session.id()) != null) {
      record.ended(session.officer(), why);
    }
  }

  /** Forgets those that have ended. */
  public void sweep() {
    sessions.values().forEach(this::isLive);
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
