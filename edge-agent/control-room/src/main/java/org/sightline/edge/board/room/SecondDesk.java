package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.board.room.Escalations.Escalated;
import org.sightline.edge.board.room.Escalations.State;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.Response.Sound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a second desk attend to what nobody claims at the first, and is the second desk of others. A
 * first desk asks, again and again; the second confirms what it has before it, again and again. So
 * nothing counts as escalated that nobody has, and what either has not heard for {@link #LASTS} is
 * not so any more. Not thread-safe: the room's lock guards it.
 *
 * <pre>
 *   first desk                         second desk
 *       <-- DeskHere(south, attended) --   every 3 s
 *       -- Escalation(alert, asked) -->    every 3 s while nobody has claimed it
 *       <-- Escalation(alert, shown) --    if the alert is open there
 * </pre>
 */
final class SecondDesk {
  private static final Logger LOG = LoggerFactory.getLogger(SecondDesk.class);

  /** How long something lasts that is not said again. */
  static final Duration LASTS = Duration.ofSeconds(10);

  private static final Duration SAY_AGAIN = Duration.ofSeconds(3);

  private final Desks desks;
  private final RoomExchange exchange;
  private final RoomLog log;
  private final Clock clock;
  private final Consumer<Escalations> listener;
  private final Map<UUID, Instant> unclaimedSince = new HashMap<>();
  private final Map<UUID, Escalation> out = new LinkedHashMap<>();
  private final Map<UUID, Escalation> in = new LinkedHashMap<>();
  private final Set<UUID> recorded = new HashSet<>();
  private Escalations.@Nullable Second second;
  private Instant secondHeard = Instant.MIN;
  private Instant saidAgain = Instant.MIN;

  /**
   * An alert that is due at the second desk, or that came from a first one.
   *
   * @param heard when the other desk last said so; {@link Instant#MIN} if it never did
   */
  private record Escalation(Escalated shown, Instant heard) {
    Escalation heardAt(Instant now) {
      return new Escalation(shown, now);
    }

    Escalation as(State state, Instant now) {
      return shown.state() == state
          ? this
          : new Escalation(new Escalated(shown.alert(), state, shown.desk(), now), heard);
    }
  }

  /**
   * @param clock that never goes back
   * @param listener is called with every change
   */
  SecondDesk(
      Desks desks,
      RoomExchange exchange,
      RoomLog log,
      Clock clock,
      Consumer<Escalations> listener) {
    this.desks = desks;
    this.exchange = exchange;
    this.log = log;
    this.clock = clock;
    this.listener = listener;
    if (desks.second() != null) {
      second = new Escalations.Second(desks.second(), false, false, clock.instant());
    }
  }

  /** How all stands; of an alert that came here and is due at the second desk, that is last. */
  Escalations all() {
    return new Escalations(
        second,
        Stream.concat(in.values().stream(), out.values().stream()).map(Escalation::shown).toList());
  }

  /**
   * Once a second.
   *
   * @param alerts all that are known
   * @param isClaimed whether an alert is somebody's to judge
   * @param attended whether somebody is at a page of this board
   */
  void tick(Collection<OpenAlert> alerts, Predicate<UUID> isClaimed, boolean attended) {
    if (desks.name() == null) {
      return;
    }
    Instant now = clock.instant();
    boolean changed = lose(now);
    Set<UUID> waiting = new HashSet<>();
    for (OpenAlert alert : alerts) {
      if (waits(alert, now) && !isClaimed.test(alert.id())) {
        waiting.add(alert.id());
        changed |= desks.second() != null && waited(alert, now);
      }
    }
    changed |= out.keySet().retainAll(waiting);
    changed |= in.keySet().retainAll(waiting);
    keepWaits(alerts, waiting, now);
    if (!now.isBefore(saidAgain.plus(SAY_AGAIN))) {
      saidAgain = now;
      exchange.say(new Exchanged.DeskHere(desks.name(), attended));
      out.keySet().forEach(this::ask);
    }
    if (changed) {
      listener.accept(all());
    }
  }

  /** Whether somebody is to attend to an alert, and may still act upon it. */
  private static boolean waits(OpenAlert alert, Instant now) {
    return alert.content() != null
        && alert.judgement().state() == Judgement.State.OPEN
        && !alert.isStale(now);
  }

  /** An alert that was claimed and is released waits from then on. */
  private void keepWaits(Collection<OpenAlert> alerts, Set<UUID> waiting, Instant now) {
    Set<UUID> known = new HashSet<>();
    for (OpenAlert alert : alerts) {
      known.add(alert.id());
      if (!waiting.contains(alert.id())) {
        unclaimedSince.put(alert.id(), now);
      }
    }
    unclaimedSince.keySet().retainAll(known);
    recorded.retainAll(known);
  }

  private boolean waited(OpenAlert alert, Instant now) {
    Instant since = unclaimedSince.computeIfAbsent(alert.id(), id -> alert.sent());
    if (out.containsKey(alert.id()) || now.isBefore(since.plus(after(alert)))) {
      return false;
    }
    String desk = Objects.requireNonNull(desks.second());
    out.put(
        alert.id(),
        new Escalation(new Escalated(alert.id(), State.UNCONFIRMED, desk, now), Instant.MIN));
    LOG.info("Nobody has claimed alert {}: desk {} is asked", alert.id(), desk);
    ask(alert.id());
    return true;
  }

  private Duration after(OpenAlert alert) {
    Match match = Objects.requireNonNull(alert.content()).match();
    Response response = match == null ? null : match.response();
    return response != null && response.sound() == Sound.URGENT
        ? desks.after().dividedBy(2)
        : desks.after();
  }

  private void ask(UUID alert) {
    exchange.say(
        new Exchanged.Escalation(
            alert,
            Objects.requireNonNull(desks.name()),
            Objects.requireNonNull(desks.second()),
            false));
  }

  /** Ends what was not said again; whether anything did. */
  private boolean lose(Instant now) {
    boolean changed = false;
    Instant lost = now.minus(LASTS);
    if (second != null && second.connected() && !secondHeard.isAfter(lost)) {
      LOG.warn("The second desk, {}, is not heard", second.desk());
      second = new Escalations.Second(second.desk(), false, false, now);
      changed = true;
    }
    for (Map.Entry<UUID, Escalation> entry : out.entrySet()) {
      if (entry.getValue().shown().state() == State.THERE
          && !entry.getValue().heard().isAfter(lost)) {
        entry.setValue(entry.getValue().as(State.UNCONFIRMED, now));
        changed = true;
      }
    }
    for (Iterator<Escalation> each = in.values().iterator(); each.hasNext(); ) {
      if (!each.next().heard().isAfter(lost)) {
        each.remove();
        changed = true;
      }
    }
    return changed;
  }

  /** Another board says which desk it is. */
  void heard(Exchanged.DeskHere said) {
    Instant now = clock.instant();
    if (second == null || !said.desk().equals(second.desk())) {
      return;
    }
    secondHeard = now;
    if (!second.connected()) {
      LOG.info("The second desk, {}, is heard", second.desk());
    }
    if (!second.connected() || second.attended() != said.attended()) {
      second = new Escalations.Second(second.desk(), true, said.attended(), now);
      listener.accept(all());
    }
  }

  /**
   * A first desk asks, or the second one confirms.
   *
   * @param alert null if it is not known here
   * @param claimed whether it is somebody's to judge
   */
  void heard(Exchanged.Escalation said, @Nullable OpenAlert alert, boolean claimed) {
    Instant now = clock.instant();
    if (said.shown()) {
      confirmed(said, now);
    } else if (said.to().equals(desks.name()) && alert != null && waits(alert, now) && !claimed) {
      exchange.say(new Exchanged.Escalation(said.alert(), said.from(), said.to(), true));
      Escalation before = in.get(said.alert());
      if (before != null) {
        in.put(said.alert(), before.heardAt(now));
        return;
      }
      in.put(
          said.alert(),
          new Escalation(new Escalated(said.alert(), State.HERE, said.from(), now), now));
      LOG.info("Desk {} has escalated alert {} to this one", said.from(), said.alert());
      listener.accept(all());
    }
  }

  private void confirmed(Exchanged.Escalation said, Instant now) {
    Escalation asked = out.get(said.alert());
    if (asked == null || !said.from().equals(desks.name()) || !said.to().equals(desks.second())) {
      return;
    }
    Escalation after = asked.as(State.THERE, now).heardAt(now);
    out.put(said.alert(), after);
    if (recorded.add(said.alert())) {
      log.escalated(said.alert(), said.to());
    }
    if (!after.shown().equals(asked.shown())) {
      listener.accept(all());
    }
  }

  /** An alert is judged or gone, or somebody has claimed it: no desk waits for it any more. */
  void over(UUID alert) {
    boolean wasOut = out.remove(alert) != null;
    boolean wasIn = in.remove(alert) != null;
    if (wasOut || wasIn) {
      listener.accept(all());
    }
  }
}
