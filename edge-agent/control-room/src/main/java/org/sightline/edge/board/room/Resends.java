package org.sightline.edge.board.room;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** When what a van has not confirmed is sent again: later each time. Not thread-safe. */
final class Resends {
  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration LONGEST = Duration.ofMinutes(16);

  private final Map<UUID, Resend> resends = new HashMap<>();

  private record Resend(Instant due, Duration pause) {
    static Resend first(Instant now) {
      return new Resend(now.plus(FIRST), FIRST);
    }

    Resend next(Instant now) {
      Duration longer = pause.multipliedBy(2);
      Duration next = longer.compareTo(LONGEST) < 0 ? longer : LONGEST;
      return new Resend(now.plus(next), next);
    }
  }

  /** Whether it is time to send it again; of what was sent before a restart, after a pause. */
  boolean isDue(UUID id, Instant now) {
    return !now.isBefore(resends.computeIfAbsent(id, key -> Resend.first(now)).due());
  }

  /** It has been sent, or sent again. */
  void sent(UUID id, Instant now) {
    resends.merge(id, Resend.first(now), (before, first) -> before.next(now));
  }

  void forget(UUID id) {
    resends.remove(id);
  }
}
