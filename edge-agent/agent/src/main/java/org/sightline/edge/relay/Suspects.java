package org.sightline.edge.relay;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.LongSupplier;

/**
 * Alerts during whose publication the connection ended. A broker that restarts ends it up to twice
 * during the same alert, and a link that is lost then may do so once more; from the fourth time on
 * the alert gives way to the others, and is tried again behind them, ever more rarely: it may be
 * the alert that the broker, or the library, cannot bear. Of one thread.
 */
final class Suspects {
  private static final int CHANCE = 3;
  private static final Duration FIRST_PAUSE = Duration.ofSeconds(4);
  private static final int MOST_DOUBLINGS = 6;

  private final LongSupplier nanos;
  private final Map<UUID, Ending> endings = new HashMap<>();

  private record Ending(int count, long dueNanos) {}

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  Suspects(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * The connection has ended, or no answer came, while this alert was under way.
   *
   * @return how often by now
   */
  int ended(UUID alert) {
    Ending before = endings.get(alert);
    int count = before == null ? 1 : before.count() + 1;
    int doublings = Math.max(0, Math.min(count - CHANCE - 1, MOST_DOUBLINGS));
    endings.put(alert, new Ending(count, nanos.getAsLong() + (FIRST_PAUSE.toNanos() << doublings)));
    return count;
  }

  /** Whether others go before this one. */
  boolean givesWay(UUID alert) {
    Ending ending = endings.get(alert);
    return ending != null && ending.count() > CHANCE;
  }

  /** Whether one that gives way is to be tried again. */
  boolean due(UUID alert) {
    Ending ending = endings.get(alert);
    return ending == null || nanos.getAsLong() - ending.dueNanos() >= 0;
  }

  /** This alert was answered, or is gone. */
  void clear(UUID alert) {
    endings.remove(alert);
  }

  /** Nothing waits any more. */
  void clear() {
    endings.clear();
  }
}
