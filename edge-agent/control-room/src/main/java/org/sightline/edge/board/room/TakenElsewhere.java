package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.sightline.edge.audit.Actor;

/**
 * Which officers in the street go to whom, as other boards of the control room say it, and what
 * this one says to them. It lasts for as long as they go on saying so: an officer whose board is
 * gone is shown nothing either. In memory. Not thread-safe: the room's lock guards it.
 */
final class TakenElsewhere {
  /** How long something lasts that is not said again. */
  static final Duration LASTS = Duration.ofSeconds(30);

  private static final Duration SAY_AGAIN = Duration.ofSeconds(8);

  private final RoomExchange exchange;
  private final Clock clock;
  private final Map<UUID, Taken> taken = new HashMap<>();
  private Instant saidAgain = Instant.MIN;

  /**
   * An officer at another board goes.
   *
   * @param since when that, or that the person is stopped, was first heard
   */
  private record Taken(Actor officer, boolean stopped, Instant since, Instant until) {
    Taken until(Instant later) {
      return new Taken(officer, stopped, since, later);
    }
  }

  /**
   * @param clock that never goes back
   */
  TakenElsewhere(RoomExchange exchange, Clock clock) {
    this.exchange = exchange;
    this.clock = clock;
  }

  boolean has(UUID alert) {
    return taken.containsKey(alert);
  }

  /** The same with the officer at another board who goes, if nobody does here. */
  Engaged with(Engaged here) {
    Taken there = taken.get(here.alert());
    if (there == null || here.takenBy() != null) {
      return here;
    }
    Engaged engaged = here.takenBy(there.officer());
    return there.stopped() && here.stoppedAt() == null ? engaged.stoppedAt(there.since()) : engaged;
  }

  /**
   * Of two who took it while their boards did not hear each other one has it, and both boards find
   * the same: who alone has somebody stopped keeps it, and else the one whose number comes first.
   *
   * @param here one that somebody has taken at this board
   */
  static boolean yields(Engaged here, Exchanged.Taking there) {
    Actor mine = Objects.requireNonNull(here.takenBy());
    return (here.stoppedAt() != null) == there.stopped()
        ? there.officer().reference().compareTo(mine.reference()) < 0
        : there.stopped();
  }

  /** Takes what another board says; whether anything is another than before. */
  boolean take(Exchanged.Taking said) {
    Taken before = taken.get(said.alert());
    if (!said.goes()) {
      return before != null
          && before.officer().equals(said.officer())
          && taken.remove(said.alert()) != null;
    }
    Instant now = clock.instant();
    if (before != null
        && before.officer().equals(said.officer())
        && before.stopped() == said.stopped()) {
      taken.put(said.alert(), before.until(now.plus(LASTS)));
      return false;
    }
    taken.put(said.alert(), new Taken(said.officer(), said.stopped(), now, now.plus(LASTS)));
    return true;
  }

  /** Says to the others who goes, of one that somebody has taken here. */
  void say(Engaged here) {
    exchange.say(
        new Exchanged.Taking(
            here.alert(), Objects.requireNonNull(here.takenBy()), true, here.stoppedAt() != null));
  }

  void sayTurnedBack(UUID alert, Actor officer) {
    exchange.say(new Exchanged.Taking(alert, officer, false, false));
  }

  /** Whether it is time to say all again; then it is said. */
  boolean isTimeToSayAgain() {
    Instant now = clock.instant();
    if (now.isBefore(saidAgain.plus(SAY_AGAIN))) {
      return false;
    }
    saidAgain = now;
    return true;
  }

  /** Forgets what was not said again, and says of which alerts. */
  Set<UUID> ended() {
    Instant now = clock.instant();
    Set<UUID> ended = new HashSet<>();
    taken.forEach(
        (alert, there) -> {
          if (!now.isBefore(there.until())) {
            ended.add(alert);
          }
        });
    taken.keySet().removeAll(ended);
    return ended;
  }

  void forget(UUID alert) {
    taken.remove(alert);
  }
}
