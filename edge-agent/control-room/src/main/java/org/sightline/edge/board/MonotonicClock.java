package org.sightline.edge.board;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The wall clock as it was at the start, and what has passed since: a wall clock that is set
 * meanwhile makes no alert older or younger and ends no session.
 */
public final class MonotonicClock extends Clock {
  private final Instant start = InstantSource.system().instant();
  private final long startNanos = System.nanoTime();

  @Override
  public Instant instant() {
    return start.plusNanos(System.nanoTime() - startNanos);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("only durations are supported");
  }
}
