package org.sightline.edge.deployment;

import java.time.Duration;

/** A machine that runs, sleeps and restarts as asked. */
final class FakeBoot implements BootClock {
  private int boots = 1;
  private Duration uptime = Duration.ofSeconds(100);

  void run(Duration time) {
    uptime = uptime.plus(time);
  }

  void restart() {
    boots++;
    uptime = Duration.ofSeconds(5);
  }

  @Override
  public String boot() {
    return "boot-" + boots;
  }

  @Override
  public Duration uptime() {
    return uptime;
  }
}
