package org.sightline.edge.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;

/**
 * The time in which cameras may be open. It is over when the wall clock or the monotonic clock says
 * so, whichever comes first, so that setting the wall clock back gains nothing. Immutable and
 * thread-safe.
 */
final class CaptureWindow {
  private final Instant until;
  private final Clock wall;
  private final LongSupplier monotonicNanos;
  private final long deadlineNanos;

  /**
   * @param until first moment at which capture is over
   * @param monotonicNanos {@link System#nanoTime} or a test's clock
   */
  CaptureWindow(Instant until, Clock wall, LongSupplier monotonicNanos) {
    this.until = until;
    this.wall = wall;
    this.monotonicNanos = monotonicNanos;
    this.deadlineNanos =
        monotonicNanos.getAsLong() + Duration.between(wall.instant(), until).toNanos();
  }

  boolean isOpen() {
    return wall.instant().isBefore(until) && monotonicNanos.getAsLong() - deadlineNanos < 0;
  }
}
