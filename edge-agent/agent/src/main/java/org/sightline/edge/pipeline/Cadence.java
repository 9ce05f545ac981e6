package org.sightline.edge.pipeline;

import java.time.Duration;

/**
 * Which frames of one camera something is done with: evenly, and no more often on average than once
 * in a period. A camera of at most so many frames a second has it done with each, though its frames
 * come unevenly. Not thread-safe.
 */
final class Cadence {
  /** How much too early a frame may come: live frames carry the time at which they arrived. */
  private static final long EARLY_NANOS = 20_000_000;

  private final long periodNanos;

  /** When a frame is due that comes in time. */
  private long dueNanos;

  private Cadence(long periodNanos) {
    this.periodNanos = periodNanos;
  }

  /** Fifteen searches a second. */
  static Cadence ofSearches() {
    return new Cadence(1_000_000_000 / 15);
  }

  /**
   * Which of them are full: at 25 frames a second every other, so that somebody far away is seen
   * six times a second.
   */
  static Cadence ofFullSearches() {
    return new Cadence(150_000_000);
  }

  /**
   * Takes the next frame.
   *
   * @param at stream time of the frame; not before that of the frame before
   * @return whether it is due; passed over otherwise
   */
  boolean isDue(Duration at) {
    long nanos = at.toNanos();
    if (nanos < dueNanos - EARLY_NANOS) {
      return false;
    }
    dueNanos = Math.max(nanos, dueNanos) + periodNanos;
    return true;
  }
}
