package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.SteppedClock;

class DeviceClockTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
  private static final Duration HOUR = Duration.ofHours(1);

  private final SteppedClock wall = new SteppedClock(NOON);
  private final FakeBoot machine = new FakeBoot();

  @TempDir private Path folder;
  private Database database;
  private DeviceClock clock;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(folder);
    clock = DeviceClock.open(database, wall, machine);
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  /** The agent, or the machine, has started again. */
  private void reopen() throws Exception {
    clock = DeviceClock.open(database, wall, machine);
  }

  private void pass(Duration time) {
    wall.shift(time);
    machine.run(time);
  }

  @Test
  void itIsTheWallClockWhileThatGoesForward() {
    pass(HOUR);
    assertThat(clock.instant()).isEqualTo(NOON.plus(HOUR));
  }

  @Test
  void aWallClockSetForwardIsBelieved() {
    clock.instant();
    wall.shift(HOUR);
    assertThat(clock.instant()).isEqualTo(NOON.plus(HOUR));
  }

  @Test
  void aWallClockSetBackTurnsNothingBack() {
    clock.instant();
    wall.shift(HOUR.negated());
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void timeContinuesWhileTheWallClockIsBehind() {
    clock.instant();
    wall.shift(HOUR.negated());
    pass(Duration.ofMinutes(10));
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(10)));
  }

  @Test
  void aWallClockHeldStillHoldsNothingStill() {
    clock.instant();
    machine.run(HOUR);
    assertThat(clock.instant()).isEqualTo(NOON.plus(HOUR));
  }

  @Test
  void howFarTheWallClockIsBehindIsReported() {
    clock.instant();
    wall.shift(HOUR.negated());
    assertThat(clock.wallClockBehind()).isEqualTo(HOUR);
  }

  @Test
  void aRestartOfTheAgentCountsWhatTheMachineRan() throws Exception {
    clock.remember();
    wall.shift(HOUR.negated());
    machine.run(Duration.ofMinutes(30));
    reopen();
    assertThat(clock.instant()).isEqualTo(NOON.plus(Duration.ofMinutes(30)));
  }

  @Test
  void aRestartOfTheMachineContinuesFromTheLatestTimeSeen() throws Exception {
    clock.remember();
    wall.shift(HOUR.negated());
    machine.restart();
    reopen();
    assertThat(clock.instant()).isEqualTo(NOON);
  }

  @Test
  void whatTheMachineRunsAfterARestartCountsToo() throws Exception {
    clock.remember();
    wall.shift(HOUR.negated());
    machine.restart();
    reopen();
    clock.instant();
    machine.run(HOUR);
    assertThat(clock.instant()).isEqualTo(NOON.plus(HOUR));
  }

  @Test
  void theLatestTimeIsNeverForgottenForAnEarlierOne() throws Exception {
    clock.remember();
    machine.restart();
    wall.shift(HOUR.negated());
    // A clock that has not read the data file, as of a process that began before.
    reopen();
    clock.remember();
    machine.restart();
    reopen();
    assertThat(clock.instant()).isEqualTo(NOON);
  }
}
