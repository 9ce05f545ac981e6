package org.sightline.edge.health;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sightline.edge.concurrent.Threads;

/**
 * Has systemd wait while a service starts, from its construction until it is closed, and not for
 * ever: a start that hangs fails like any other. Thread-safe.
 */
public final class LongStart implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(20);

  /** So often: a quarter of an hour in all. */
  private static final int MOST = 45;

  private final SystemdNotifier systemd;
  private final Duration every;
  private final ScheduledExecutorService thread = Threads.scheduler("start");
  private int left;

  private LongStart(SystemdNotifier systemd, Duration every, int most) {
    this.systemd = systemd;
    this.every = every;
    this.left = most;
  }

  /** Something that may take minutes starts. */
  public static LongStart of(SystemdNotifier systemd) {
    return of(systemd, EVERY, MOST);
  }

  /**
   * Something that may take long starts.
   *
   * @param every how often systemd is asked for three times as long
   * @param most how often at most
   */
  static LongStart of(SystemdNotifier systemd, Duration every, int most) {
    LongStart start = new LongStart(systemd, every, most);
    Future<?> unused =
        start.thread.scheduleWithFixedDelay(
            start::extend, 0, every.toNanos(), TimeUnit.NANOSECONDS);
    return start;
  }

  private void extend() {
    systemd.extendStart(every.multipliedBy(3));
    left--;
    if (left == 0) {
      close();
    }
  }

  @Override
  public void close() {
    thread.shutdown(); // An interrupt would close the socket.
  }
}
