package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.room.Exchanged.Presence;
import org.sightline.edge.board.room.Exchanged.Presence.Act;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who looks at which alert and whose it is to judge, at this board and at the others. Either lasts
 * for as long as the officer's page, or the other board, goes on saying so. Of two officers who
 * claim an alert in the same moment at two boards the one whose number comes first has it, at both:
 * no clock decides. Not thread-safe: the room's lock guards it.
 */
final class Attention {
  private static final Logger LOG = LoggerFactory.getLogger(Attention.class);

  /** How long something lasts that is not said again. */
  static final Duration LASTS = Duration.ofSeconds(8);

  /** How often this board says it to the others again. */
  private static final Duration SAY_AGAIN = Duration.ofSeconds(3);

  /** More pages are no control room. */
  private static final int MOST_PAGES = 1000;

  private static final Comparator<Actor> IN_ORDER = Comparator.comparing(Actor::reference);

  private final RoomExchange exchange;
  private final Clock clock;
  private final Consumer<Attended> listener;
  private final Map<Page, Desk> pages = new HashMap<>();
  private final Map<UUID, Map<Actor, Instant>> elsewhere = new HashMap<>();
  private final Map<UUID, Claim> claims = new HashMap<>();
  private Instant saidAgain = Instant.MIN;

  /** A page of an officer at this board. */
  private record Page(Actor officer, UUID id) {}

  /** What lies before an officer; null if nothing does. */
  private record Desk(@Nullable UUID alert, Instant until) {}

  /**
   * Whose an alert is to judge.
   *
   * @param turn how often it has gone from one officer to another
   * @param until when it ends if nothing more is heard; null for one that this board keeps up, for
   *     as long as the officer is at one of its pages
   */
  private record Claim(Actor by, int turn, @Nullable Actor from, @Nullable Instant until) {
    /** Of two claims one counts, and every board finds the same. */
    boolean yieldsTo(Actor other, int otherTurn) {
      return otherTurn > turn
          || (otherTurn == turn && other.reference().compareTo(by.reference()) < 0);
    }
  }

  /**
   * @param clock that never goes back
   * @param listener is called with every change
   */
  Attention(RoomExchange exchange, Clock clock, Consumer<Attended> listener) {
    this.exchange = exchange;
    this.clock = clock;
    this.listener = listener;
  }

  Attended of(UUID alert) {
    Claim claim = claims.get(alert);
    return new Attended(
        alert,
        lookers(alert).sorted(IN_ORDER).toList(),
        claim == null ? null : claim.by(),
        claim == null ? null : claim.from());
  }

  private Stream<Actor> lookers(UUID alert) {
    return Stream.concat(
            pages.entrySet().stream()
                .filter(entry -> alert.equals(entry.getValue().alert()))
                .map(entry -> entry.getKey().officer()),
            elsewhere.getOrDefault(alert, Map.of()).keySet().stream())
        .distinct();
  }

  /** All alerts to which somebody attends. */
  List<Attended> all() {
    Set<UUID> alerts = new HashSet<>(claims.keySet());
    alerts.addAll(elsewhere.keySet());
    pages.values().forEach(desk -> alerts.add(desk.alert()));
    alerts.remove(null);
    return alerts.stream().sorted().map(this::of).toList();
  }

  /** The officers who are known to be at a page, in order. */
  List<Actor> present() {
    Set<Actor> present = new TreeSet<>(IN_ORDER);
    pages.keySet().forEach(page -> present.add(page.officer()));
    elsewhere.values().forEach(lookers -> present.addAll(lookers.keySet()));
    claims.values().forEach(claim -> present.add(claim.by()));
    return List.copyOf(present);
  }

  /** Whether it is somebody's to judge. */
  boolean isClaimed(UUID alert) {
    return claims.containsKey(alert);
  }

  /** Whether somebody is at a page of this board. */
  boolean isAttended() {
    return !pages.isEmpty();
  }

  private boolean isHere(Actor officer) {
    return pages.keySet().stream().anyMatch(page -> page.officer().equals(officer));
  }

  /** A page of an officer shows an alert to somebody, or none. */
  void looks(Actor officer, UUID pageId, @Nullable UUID alert) {
    Page page = new Page(officer, pageId);
    Desk before = pages.get(page);
    if (before == null && pages.size() >= MOST_PAGES) {
      return;
    }
    boolean another = alert != null && !isLookedAtHere(officer, alert);
    pages.put(page, new Desk(alert, clock.instant().plus(LASTS)));
    if (alert != null && another) {
      say(alert, officer, Act.LOOKS);
      changed(alert);
    }
    if (before != null && before.alert() != null && !before.alert().equals(alert)) {
      left(officer, before.alert());
    }
  }

  private boolean isLookedAtHere(Actor officer, UUID alert) {
    return pages.entrySet().stream()
        .anyMatch(
            entry ->
                entry.getKey().officer().equals(officer) && alert.equals(entry.getValue().alert()));
  }

  private void left(Actor officer, UUID alert) {
    if (!isLookedAtHere(officer, alert)) {
      say(alert, officer, Act.LEAVES);
      changed(alert);
    }
  }

  /**
   * An officer at this board will judge an alert.
   *
   * @param takeOver whether another officer's claim ends by it
   * @return false if it is another's
   */
  boolean claim(UUID alert, Actor officer, boolean takeOver) {
    Claim before = claims.get(alert);
    if (before == null) {
      claims.put(alert, new Claim(officer, 0, null, null));
      LOG.info("Officer {} has claimed alert {}", officer.reference(), alert);
      say(alert, officer, Act.CLAIMS);
      changed(alert);
      return true;
    }
    if (before.by().equals(officer)) {
      return true;
    }
    if (takeOver) {
      LOG.info(
          "Officer {} has taken alert {} over from officer {}",
          officer.reference(),
          alert,
          before.by().reference());
      passOn(alert, before, officer);
    }
    return takeOver;
  }

  /** An officer will not judge it after all; false if it is not theirs. */
  boolean release(UUID alert, Actor officer) {
    Claim claim = claims.get(alert);
    if (claim == null || !claim.by().equals(officer)) {
      return false;
    }
    LOG.info("Officer {} has released alert {}", officer.reference(), alert);
    end(alert, claim);
    return true;
  }

  /** Another officer, who is there, is to judge it; false if it is not theirs to hand over. */
  boolean handOver(UUID alert, Actor officer, Actor to) {
    Claim claim = claims.get(alert);
    if (claim == null || !claim.by().equals(officer) || !present().contains(to)) {
      return false;
    }
    LOG.info(
        "Officer {} has handed alert {} over to officer {}",
        officer.reference(),
        alert,
        to.reference());
    passOn(alert, claim, to);
    return true;
  }

  private void passOn(UUID alert, Claim from, Actor to) {
    int turn = from.turn() + 1;
    pass(alert, from.by(), to, turn);
    exchange.say(new Presence(alert, from.by(), Act.HANDS_OVER, to, turn));
  }

  private void pass(UUID alert, Actor from, Actor to, int turn) {
    claims.put(alert, new Claim(to, turn, from, isHere(to) ? null : clock.instant().plus(LASTS)));
    changed(alert);
  }

  private void end(UUID alert, Claim claim) {
    claims.remove(alert);
    if (claim.until() == null) {
      exchange.say(new Presence(alert, claim.by(), Act.RELEASES, null, claim.turn()));
    }
    changed(alert);
  }

  /** Another board has said something about an alert that is open here. */
  void heard(Presence said) {
    switch (said.act()) {
      case LOOKS -> {
        Map<Actor, Instant> lookers =
            elsewhere.computeIfAbsent(said.alert(), alert -> new HashMap<>());
        if (lookers.put(said.officer(), clock.instant().plus(LASTS)) == null) {
          changed(said.alert());
        }
      }
      case LEAVES -> {
        forget(said.alert(), said.officer());
        changed(said.alert());
      }
      case CLAIMS -> claimed(said);
      case RELEASES -> {
        Claim claim = claims.get(said.alert());
        if (claim != null && claim.by().equals(said.officer())) {
          claims.remove(said.alert());
          changed(said.alert());
        }
      }
      case HANDS_OVER -> {
        Actor to = said.to();
        Claim claim = claims.get(said.alert());
        if (to != null && (claim == null || claim.yieldsTo(to, said.turn()))) {
          pass(said.alert(), said.officer(), to, said.turn());
        }
      }
    }
  }

  private void claimed(Presence said) {
    Claim known = claims.get(said.alert());
    Instant until = clock.instant().plus(LASTS);
    if (known == null || known.yieldsTo(said.officer(), said.turn())) {
      claims.put(said.alert(), new Claim(said.officer(), said.turn(), null, until));
      if (known == null || !known.by().equals(said.officer())) {
        changed(said.alert());
      }
    } else if (known.by().equals(said.officer()) && known.until() != null) {
      claims.put(said.alert(), new Claim(known.by(), known.turn(), known.from(), until));
    }
  }

  private void forget(UUID alert, Actor officer) {
    Map<Actor, Instant> lookers = elsewhere.get(alert);
    if (lookers != null) {
      lookers.remove(officer);
      if (lookers.isEmpty()) {
        elsewhere.remove(alert);
      }
    }
  }

  /** An alert is judged or gone, or waits for another officer's word: it is nobody's any more. */
  void over(UUID alert) {
    Claim claim = claims.get(alert);
    if (claim != null) {
      end(alert, claim);
    }
  }

  /** Ends what was not said again, and says again what is so. */
  void tick() {
    Instant now = clock.instant();
    for (Map.Entry<Page, Desk> entry : Map.copyOf(pages).entrySet()) {
      if (!now.isBefore(entry.getValue().until())) {
        pages.remove(entry.getKey());
        if (entry.getValue().alert() != null) {
          left(entry.getKey().officer(), entry.getValue().alert());
        }
      }
    }
    for (UUID alert : Set.copyOf(elsewhere.keySet())) {
      Map.copyOf(elsewhere.get(alert))
          .forEach(
              (officer, until) -> {
                if (!now.isBefore(until)) {
                  forget(alert, officer);
                  changed(alert);
                }
              });
    }
    for (Map.Entry<UUID, Claim> entry : Map.copyOf(claims).entrySet()) {
      Claim claim = entry.getValue();
      if (claim.until() == null ? !isHere(claim.by()) : !now.isBefore(claim.until())) {
        LOG.info(
            "Alert {} is nobody's: officer {}, who had claimed it, is not there",
            entry.getKey(),
            claim.by().reference());
        end(entry.getKey(), claim);
      }
    }
    if (!now.isBefore(saidAgain.plus(SAY_AGAIN))) {
      saidAgain = now;
      sayAgain();
    }
  }

  private void sayAgain() {
    pages.forEach(
        (page, desk) -> {
          if (desk.alert() != null) {
            say(desk.alert(), page.officer(), Act.LOOKS);
          }
        });
    claims.forEach(
        (alert, claim) -> {
          if (claim.until() == null) {
            say(alert, claim.by(), Act.CLAIMS);
          }
        });
  }

  private void say(UUID alert, Actor officer, Act act) {
    Claim claim = claims.get(alert);
    exchange.say(new Presence(alert, officer, act, null, claim == null ? 0 : claim.turn()));
  }

  private void changed(UUID alert) {
    listener.accept(of(alert));
  }
}
