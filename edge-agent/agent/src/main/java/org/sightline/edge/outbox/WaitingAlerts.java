package org.sightline.edge.outbox;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * Alerts that no broker has acknowledged and that have not expired.
 *
 * @param lastExpires when the last of them expires; null when there are none
 */
public record WaitingAlerts(int count, @Nullable Instant lastExpires) {
  public boolean none() {
    return count == 0;
  }

  /** In words, without a full stop. */
  public String line() {
    if (lastExpires == null) {
      return "no alert waits for the broker";
    }
    Instant until = lastExpires.truncatedTo(ChronoUnit.SECONDS);
    return count == 1
        ? "1 alert waits for the broker, until " + until
        : "%d alerts wait for the broker, the last of them until %s".formatted(count, until);
  }
}
