package org.sightline.edge.pipeline;

import java.time.Duration;

/**
 * Which frames of one camera are searched: evenly, and no more than fifteen a second on average. A
 * camera of at most so many frames a second is searched in each, though its frames come unevenly.
 * Not thread-safe.
 */
final class Cadence {
  /** On average, between two searches. */
  private static final long PERIOD_NANOS = 1_000_000_000 / 15;

  /** How much too early a frame may come: live frames carry the time at which they arrived. */
  private static final long EARLY_NANOS = 20_000_000;

  /** When a frame is due that comes in time. */
  private long dueNanos;

  /**
   * Takes the next frame.
   *
   * @param at stream time of the frame; not before that of the frame before
   * @return whether it is to be searched; passed over otherwise
   */
  boolean isSearched(Duration at) {
    long nanos = at.toNanos();
    if (nanos < dueNanos - EARLY_NANOS) {
      return false;
    }
    dueNanos = Math.max(nanos, dueNanos) + PERIOD_NANOS;
    return true;
  }
}
