package org.sightline.edge.audit;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Records of what somebody can do as often as they like, in a log that is never deleted: the first
 * of an hour one by one, and one for all others that differ in nothing but their time, with how
 * many {@code more} there were. Thread-safe.
 */
public final class HourlyRecords {
  private static final Duration HOUR = Duration.ofHours(1);

  private final int most;
  private final Clock clock;
  private final Consumer<AuditEvent> log;
  private final Map<AuditEvent, Integer> more = new LinkedHashMap<>();
  private Instant end = Instant.MIN;
  private int recorded;

  /**
   * @param most of an hour that have a record each
   * @param clock that never goes back
   * @param log takes the records
   */
  public HourlyRecords(int most, Clock clock, Consumer<AuditEvent> log) {
    this.most = most;
    this.clock = clock;
    this.log = log;
  }

  /**
   * Something was done.
   *
   * @param alike what is recorded of all like it that have no record of their own; of as few kinds
   *     as there are officers
   */
  public synchronized void add(AuditEvent event, AuditEvent alike) {
    sweep();
    if (recorded < most) {
      recorded++;
      log.accept(event);
    } else {
      more.merge(alike, 1, Integer::sum);
    }
  }

  /** Once an hour is over, records how often more it was done. */
  public synchronized void sweep() {
    Instant now = clock.instant();
    if (!now.isBefore(end)) {
      recordMore();
      end = now.plus(HOUR);
    }
  }

  /** Records what was counted and has no record yet. */
  public synchronized void recordMore() {
    more.forEach((event, times) -> log.accept(event.with("more", times)));
    more.clear();
    recorded = 0;
  }
}
