package org.sightline.edge.testing;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** A wall clock that somebody sets. */
public final class SteppedClock extends Clock {
  private volatile Clock clock;

  /** A clock that stands still until it is set. */
  public SteppedClock(Instant now) {
    this(Clock.fixed(now, ZoneOffset.UTC));
  }

  /** A clock that runs as another does until it is shifted. */
  public SteppedClock(Clock running) {
    this.clock = running;
  }

  public void set(Instant now) {
    clock = Clock.fixed(now, ZoneOffset.UTC);
  }

  public void shift(Duration by) {
    clock = Clock.offset(clock, by);
  }

  @Override
  public Instant instant() {
    return clock.instant();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }
}
