package org.sightline.edge.web.login;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Slows guesses down: after a few failures the next attempt of the same kind has to wait, twice as
 * long each time, up to a minute. Remembers at most {@value #MOST} of those who failed, for an
 * hour. Thread-safe.
 */
public final class LoginThrottle {
  static final int FREE_FAILURES = 3;
  static final Duration LONGEST_WAIT = Duration.ofMinutes(1);
  private static final Duration REMEMBERED = Duration.ofHours(1);
  private static final int MOST = 10_000;

  private record Failures(int number, Instant last) {
    Instant until() {
      if (number < FREE_FAILURES) {
        return last;
      }
      Duration wait = Duration.ofSeconds(1L << Math.min(10, number - FREE_FAILURES));
      return last.plus(wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT);
    }
  }

  private final Clock clock;

  private final Map<String, Failures> failures =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Failures> eldest) {
          return size() > MOST;
        }
      };

  /**
   * @param clock that never goes back
   */
  public LoginThrottle(Clock clock) {
    this.clock = clock;
  }

  /** Whether this client has to wait before another attempt is checked. */
  public synchronized boolean hasToWait(String who) {
    Failures before = failures.get(who);
    return before != null && clock.instant().isBefore(before.until());
  }

  public synchronized void failed(String who) {
    Instant now = clock.instant();
    failures.values().removeIf(old -> old.last().plus(REMEMBERED).isBefore(now));
    Failures before = failures.remove(who);
    failures.put(who, new Failures(before == null ? 1 : before.number() + 1, now));
  }

  public synchronized void succeeded(String who) {
    failures.remove(who);
  }
}
