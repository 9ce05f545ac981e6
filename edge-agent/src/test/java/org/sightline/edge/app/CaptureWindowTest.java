package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class CaptureWindowTest {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00Z");

  private Instant wall = START;
  private long monotonicNanos = Long.MAX_VALUE - 1_000;
  private final CaptureWindow window =
      new CaptureWindow(START.plusSeconds(60), new Wall(), () -> monotonicNanos);

  /** A wall clock that somebody sets. */
  private final class Wall extends Clock {
    @Override
    public Instant instant() {
      return wall;
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

  private void pass(Duration time) {
    wall = wall.plus(time);
    monotonicNanos += time.toNanos();
  }

  @Test
  void itIsOpenUntilTheEnd() {
    pass(Duration.ofSeconds(60).minusNanos(1));
    assertThat(window.isOpen()).isTrue();
  }

  @Test
  void itIsOverAtTheEnd() {
    pass(Duration.ofSeconds(60));
    assertThat(window.isOpen()).isFalse();
  }

  @Test
  void aWallClockSetBackDoesNotExtendIt() {
    pass(Duration.ofSeconds(59));
    wall = wall.minusSeconds(3600);
    assertThat(window.isOpen()).isTrue();
    pass(Duration.ofSeconds(1));
    assertThat(window.isOpen()).isFalse();
  }

  @Test
  void aWallClockSetForwardEndsIt() {
    wall = wall.plusSeconds(3600);
    assertThat(window.isOpen()).isFalse();
  }
}
