package org.sightline.edge.health;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * The promise of one loop to go round at least every so often, made with {@link Watchdog#expect}.
 * The loop calls {@link #beat()} each time round, also when it had nothing to do (a camera that is
 * away is no stalled loop), and closes the promise when it ends in good order.
 *
 * <p>Thread-safe; a beat costs one clock reading and one volatile write.
 */
public final class Progress implements AutoCloseable {
  private final String name;
  private final long allowedNanos;
  private final LongSupplier monotonicNanos;
  private final Watchdog watchdog;
  private volatile long lastBeatNanos;

  Progress(String name, Duration allowed, LongSupplier monotonicNanos, Watchdog watchdog) {
    this.name = name;
    this.allowedNanos = allowed.toNanos();
    this.monotonicNanos = monotonicNanos;
    this.watchdog = watchdog;
    this.lastBeatNanos = monotonicNanos.getAsLong();
  }

  /** The loop has gone round. */
  public void beat() {
    lastBeatNanos = monotonicNanos.getAsLong();
  }

  String name() {
    return name;
  }

  boolean isStalled() {
    return monotonicNanos.getAsLong() - lastBeatNanos > allowedNanos;
  }

  /** The loop has ended in good order: nothing more is expected of it. */
  @Override
  public void close() {
    watchdog.release(this);
  }
}
