package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;

/**
 * Who attends to open alerts, here and at other boards, with when each was claimed first, what of
 * it is logged, and which of them wait at a second desk for want of a claim. Not thread-safe: the
 * room's lock guards it.
 */
final class Attendance {
  private final Attention attention;
  private final RoomExchange exchange;
  private final RoomLog log;
  private final Clock clock;
  private final RoomListener listener;
  private final Map<UUID, Instant> claimed = new HashMap<>();
  private SecondDesk secondDesk;

  /**
   * @param clock that never goes back
   */
  Attendance(
      Attention attention, RoomExchange exchange, RoomLog log, Clock clock, RoomListener listener) {
    this.attention = attention;
    this.exchange = exchange;
    this.log = log;
    this.clock = clock;
    this.listener = listener;
    this.secondDesk = new SecondDesk(Desks.NONE, exchange, log, clock, listener::escalated);
  }

  /** Which desk this is, and which one is its second. */
  void desks(Desks desks) {
    secondDesk = new SecondDesk(desks, exchange, log, clock, listener::escalated);
  }

  /** All alerts to which somebody attends. */
  List<Attended> all() {
    return attention.all();
  }

  /** How things stand with the second desk. */
  Escalations escalated() {
    return secondDesk.all();
  }

  /** When each alert was claimed first. */
  Map<UUID, Instant> claimed() {
    return Collections.unmodifiableMap(claimed);
  }

  /** The officers who are there, as far as this board knows. */
  List<Actor> present() {
    return attention.present();
  }

  /** An officer at another board attends to an open alert. */
  void heard(Exchanged.Presence presence) {
    if (presence.act() == Exchanged.Presence.Act.CLAIMS) {
      claimed.putIfAbsent(presence.alert(), clock.instant());
    }
    attention.heard(presence);
    endIfClaimed(presence.alert());
  }

  /** Another board is another desk. */
  void heard(Exchanged.DeskHere here) {
    secondDesk.heard(here);
  }

  /**
   * Another board is the second desk of an alert, or this one is.
   *
   * @param alert null if it is not here
   */
  void heard(Exchanged.Escalation escalation, @Nullable OpenAlert alert) {
    secondDesk.heard(escalation, alert, attention.isClaimed(escalation.alert()));
  }

  /**
   * An officer looks at an open alert; ends if it is not said again within {@link Attention#LASTS}.
   *
   * @param page of the officer's, each of which has an id of its own
   * @param open null if the officer is there and looks at none
   */
  void looks(Actor officer, UUID page, @Nullable UUID open) {
    if (open != null) {
      log.lookedAt(open, officer);
    }
    attention.looks(officer, page, open);
  }

  /** An officer will judge an open alert; false if it is another's. */
  boolean claim(UUID id, Actor officer, boolean takeOver) {
    Actor before = attention.of(id).claimedBy();
    if (!attention.claim(id, officer, takeOver)) {
      return false;
    }
    claimed.putIfAbsent(id, clock.instant());
    endIfClaimed(id);
    if (!officer.equals(before)) {
      log.claimed(id, officer, before);
    }
    return true;
  }

  /** An officer will not judge an alert after all; false if it was not theirs. */
  boolean release(UUID id, Actor officer) {
    boolean released = attention.release(id, officer);
    if (released) {
      log.released(id, officer);
    }
    return released;
  }

  /**
   * An officer has another one, who is there, judge an alert; false if it is not theirs to give.
   */
  boolean handOver(UUID id, Actor officer, Actor to) {
    boolean handedOver = attention.handOver(id, officer, to);
    if (handedOver) {
      log.handedOver(id, officer, to);
    }
    return handedOver;
  }

  /** What somebody has claimed, at whatever desk, waits at none. */
  private void endIfClaimed(UUID id) {
    if (attention.isClaimed(id)) {
      secondDesk.over(id);
    }
  }

  /** Nobody needs to attend to an alert any more; when it was claimed is known all the same. */
  void over(UUID id) {
    attention.over(id);
    secondDesk.over(id);
  }

  /** Forgets an alert. */
  void forget(UUID id) {
    claimed.remove(id);
    over(id);
  }

  /** Lets go of what is not said any more, and has alerts wait at the second desk. */
  void tick(Collection<OpenAlert> alerts) {
    attention.tick();
    secondDesk.tick(alerts, attention::isClaimed, attention.isAttended());
  }
}
