package org.sightline.edge.deployment;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/**
 * The device's time, which never goes back: the wall clock, but never less than the latest time
 * ever seen plus what the machine has run since. So a wall clock that is set back, or a restart of
 * the agent or the machine, extends nothing. While the machine is off no time can be counted but by
 * the wall clock.
 *
 * <p>A wall clock that once ran ahead holds the device's time there until the real time has caught
 * up: to err on that side ends a deployment early, on the other side it would extend one.
 *
 * <p>Thread-safe.
 */
public final class DeviceClock extends Clock {
  private final Clock wall;
  private final BootClock machine;
  private final Database database;
  private Instant latest = Instant.MIN;
  private Duration latestUptime;

  private DeviceClock(Clock wall, BootClock machine, Database database) {
    this.wall = wall;
    this.machine = machine;
    this.database = database;
    this.latestUptime = machine.uptime();
  }

  private record Remembered(Instant latest, String boot, Duration uptime) {}

  /** Continues from the latest time that the data file has seen, on this machine. */
  public static DeviceClock open(Database database, Clock wall) throws StoreException {
    return open(database, wall, BootClock.system());
  }

  static DeviceClock open(Database database, Clock wall, BootClock machine) throws StoreException {
    DeviceClock clock = new DeviceClock(wall, machine, database);
    Optional<Remembered> remembered =
        database.first(
            "SELECT latest_millis, boot, uptime_millis FROM device_clock",
            row ->
                new Remembered(
                    row.instant("latest_millis"),
                    row.text("boot"),
                    Duration.ofMillis(row.integer("uptime_millis"))));
    if (remembered.isPresent()) {
      clock.latest = remembered.get().latest();
      if (remembered.get().boot().equals(machine.boot())) {
        clock.latestUptime = remembered.get().uptime();
      }
    }
    return clock;
  }

  @Override
  public synchronized Instant instant() {
    Instant now = wall.instant();
    Duration uptime = machine.uptime();
    if (!latest.equals(Instant.MIN)) {
      Duration since = uptime.minus(latestUptime);
      Instant least = since.isNegative() ? latest : latest.plus(since);
      now = now.isBefore(least) ? least : now;
    }
    latest = now;
    latestUptime = uptime;
    return now;
  }

  /** How far the wall clock lies behind; zero when it is right, as far as can be determined. */
  public Duration wallClockBehind() {
    Duration behind = Duration.between(wall.instant(), instant());
    // Reading the two clocks takes time, too.
    return behind.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ZERO : behind;
  }

  /** Notes the present time on disk, for after a restart. */
  public void remember() throws StoreException {
    Instant now = instant();
    database.update(
        """
        INSERT INTO device_clock (one, latest_millis, boot, uptime_millis) VALUES (1, ?, ?, ?)
        ON CONFLICT (one) DO UPDATE SET
          latest_millis = MAX(latest_millis, excluded.latest_millis),
          boot = excluded.boot, uptime_millis = excluded.uptime_millis
        """,
        now,
        machine.boot(),
        machine.uptime().toMillis());
  }

  @Override
  public ZoneId getZone() {
    return wall.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("times are shown in UTC");
  }
}
