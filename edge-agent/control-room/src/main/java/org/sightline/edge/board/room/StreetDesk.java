package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.board.room.ControlRoom.UnsentEngagement;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementMessage.Correction;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.SealedGroup;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What becomes of alerts in the street once they are judged: who goes, and what officers state of
 * it. Nothing that was stated is changed; a correction follows it. Not thread-safe: the room's lock
 * guards it.
 */
final class StreetDesk {
  private static final Logger LOG = LoggerFactory.getLogger(StreetDesk.class);

  /** For so long after its outcome who it may be is shown to the officer who goes, at most. */
  static final Duration OPEN_FOR = AlertTerms.LONGEST_STALE_AFTER;

  private final EngagedShelf shelf;
  private final ControlRoomKeys keys;
  private final VanMessages messages;
  private final RoomLog log;
  private final Clock clock;
  private final Consumer<Engaged> listener;
  private final Map<UUID, Engaged> engaged = new LinkedHashMap<>();
  private final Resends resends = new Resends();
  private final TakenElsewhere elsewhere;

  /** Who went until an officer at another board turned out to have it. */
  private final Map<UUID, Set<Actor>> gaveWay = new HashMap<>();

  StreetDesk(
      EngagedShelf shelf,
      ControlRoomKeys keys,
      VanMessages messages,
      RoomLog log,
      RoomExchange exchange,
      Clock clock,
      Consumer<Engaged> listener)
      throws StoreException {
    this.shelf = shelf;
    this.keys = keys;
    this.messages = messages;
    this.log = log;
    this.clock = clock;
    this.listener = listener;
    this.elsewhere = new TakenElsewhere(exchange, clock);
    shelf.deleteExpired(clock.instant());
  }

  /** Takes up what was kept of alerts. */
  void load(Collection<UUID> alerts) throws StoreException {
    engaged.putAll(shelf.load(alerts));
  }

  /** Takes up what was kept of an alert of which nothing is in memory. */
  void recall(UUID alert) throws StoreException {
    if (!engaged.containsKey(alert)) {
      load(List.of(alert));
    }
  }

  /** When an alert was judged, if nothing is awaited of it any more; null if something is. */
  @Nullable Instant settledAt(OpenAlert alert) {
    return alert.settledAt(here(alert));
  }

  /** How far an alert has come, at whatever board. */
  Engaged of(OpenAlert alert) {
    return elsewhere.with(here(alert));
  }

  /** How far it has come as far as this board keeps it. */
  private Engaged here(OpenAlert alert) {
    return engaged.getOrDefault(alert.id(), Engaged.none(alert.id(), alert.expires()));
  }

  /** All of which something is known, of these alerts. */
  List<Engaged> all(Collection<OpenAlert> alerts) {
    return alerts.stream()
        .filter(alert -> engaged.containsKey(alert.id()) || elsewhere.has(alert.id()))
        .map(this::of)
        .toList();
  }

  /**
   * Whether somebody may still go to the person, which ends when the alert is stale; for the
   * officer who has taken it before, and is on the way, a while after its outcome.
   */
  boolean isOpen(OpenAlert alert) {
    return isOpen(alert, here(alert).takenBy() != null);
  }

  /**
   * Whether an officer may go, or goes: also one who was on the way, gave way to an officer at
   * another board, and hears nothing of that one any more.
   */
  boolean isOpenTo(OpenAlert alert, Actor officer) {
    boolean onTheWay = gaveWay.getOrDefault(alert.id(), Set.of()).contains(officer);
    return isOpen(alert) || (onTheWay && of(alert).takenBy() == null && isOpen(alert, true));
  }

  private boolean isOpen(OpenAlert alert, boolean onTheWay) {
    Judgement judgement = alert.judgement();
    Instant now = clock.instant();
    return alert.content() != null
        && !judgement.isWithdrawn()
        && judgement.state() == Judgement.State.CLOSED
        && judgement.findings().get(0).outcome() == Outcome.TRUE
        && judgement.at() != null
        && now.isBefore(judgement.at().plus(OPEN_FOR))
        && (onTheWay || !alert.isStale(now))
        && here(alert).last() == null;
  }

  /** An officer in the street goes to the person; false if another does, or nobody may. */
  boolean take(OpenAlert alert, Actor officer) {
    Engaged before = of(alert);
    if (officer.equals(before.takenBy())) {
      takeHere(alert, officer);
      return true;
    }
    if (before.takenBy() != null || !isOpenTo(alert, officer)) {
      return false;
    }
    Engaged here = here(alert);
    keep(
        here.takenBy(officer)
            .stoppedAt(here.yieldedBy(officer).map(Engaged.Yielded::stoppedAt).orElse(null)));
    log.taken(alert.id(), officer);
    elsewhere.say(here(alert));
    return true;
  }

  /** What an officer has taken at another board is theirs at this one as well. */
  private void takeHere(OpenAlert alert, Actor officer) {
    Engaged known = of(alert);
    if (here(alert).takenBy() == null && officer.equals(known.takenBy())) {
      keep(known);
      elsewhere.forget(alert.id());
      elsewhere.say(known);
    }
  }

  /** The officer who goes does not after all; false if it is not theirs, or not undone any more. */
  boolean turnBack(OpenAlert alert, Actor officer) {
    takeHere(alert, officer);
    Engaged before = here(alert);
    if (!officer.equals(before.takenBy()) || before.stoppedAt() != null || before.last() != null) {
      return false;
    }
    keep(before.takenBy(null));
    log.released(alert.id(), officer);
    elsewhere.sayTurnedBack(alert.id(), officer);
    return true;
  }

  /**
   * The officer who goes has the person stopped from now on; false if it is not theirs, or over.
   */
  boolean stopped(OpenAlert alert, Actor officer) {
    takeHere(alert, officer);
    Engaged before = here(alert);
    if (!officer.equals(before.takenBy()) || !isOpen(alert)) {
      return false;
    }
    if (before.stoppedAt() == null) {
      keep(before.stoppedAt(clock.instant()));
      elsewhere.say(here(alert));
    }
    return true;
  }

  /**
   * An officer states what became of an alert, or corrects it.
   *
   * @return why it is not taken, in a word; empty if it is
   */
  Optional<String> state(OpenAlert alert, StreetEntry entry, Judge judge) {
    Optional<String> objection = objection(alert, entry, judge);
    if (objection.isPresent()) {
      log.engagementRefused(alert.id(), judge.officer(), objection.get());
      return objection;
    }
    Engaged before = here(alert);
    EngagementMessage standing = before.standing();
    EngagementMessage statement =
        new EngagementMessage(
            UUID.randomUUID(),
            alert.id(),
            judge.officer(),
            clock.instant(),
            entry.found(),
            group(alert, entry, before.last()),
            StreetWords.sealed(entry, keys),
            standing == null
                ? null
                : new Correction(standing.id(), judge.supervisor(), standing.group()));
    log.engaged(statement);
    keep(before.and(new Statement(statement, false, null)));
    return Optional.empty();
  }

  private Optional<String> objection(OpenAlert alert, StreetEntry entry, Judge judge) {
    ReceivedAlert content = alert.content();
    if (content == null || alert.judgement().state() != Judgement.State.CLOSED) {
      return Optional.of("not-judged");
    }
    Engaged before = of(alert);
    Statement last = before.last();
    if (!Objects.equals(last == null ? null : last.message().id(), entry.corrects())) {
      return Optional.of("changed");
    }
    if (!isTheirs(before, judge.officer()) && !judge.supervisor()) {
      return Optional.of("not-theirs");
    }
    if (last != null && entry.reason() == null) {
      return Optional.of("reason-needed");
    }
    if (entry.group() == null) {
      return Optional.empty();
    }
    boolean known =
        entry.found().stop() != null
            && content.groups().stream().map(StatedGroup::code).anyMatch(entry.group()::equals)
            && messages.device(content.origin().van()).isPresent();
    return known ? Optional.empty() : Optional.of("unknown-group");
  }

  /** Whether nothing is stated yet, or the officer has stated it. */
  private static boolean isOfInterest(Engaged engaged, Actor officer) {
    Statement last = engaged.last();
    return last == null || last.message().by().equals(officer);
  }

  /** Whether an officer who is no supervisor may state it. */
  private static boolean isTheirs(Engaged engaged, Actor officer) {
    EngagementMessage standing = engaged.standing();
    Statement last = engaged.last();
    if (standing != null) {
      return standing.by().equals(officer);
    }
    return last != null
        ? last.message().by().equals(officer)
        : engaged.takenBy() == null || engaged.isOf(officer);
  }

  private @Nullable SealedGroup group(
      OpenAlert alert, StreetEntry entry, @Nullable Statement last) {
    ReceivedAlert content = alert.content();
    if (entry.found().stop() == null || entry.withoutGroup() || content == null) {
      return null;
    }
    String code = entry.group();
    if (code == null) {
      return last == null ? null : last.message().group();
    }
    return messages
        .device(content.origin().van())
        .map(device -> SealedGroup.of(code, alert.id(), device))
        .orElse(null);
  }

  /** An officer in the street goes to the person of an alert, or not, says another board. */
  void heard(OpenAlert alert, Exchanged.Taking said) {
    Engaged before = here(alert);
    Actor mine = before.takenBy();
    if (before.last() != null) {
      return; // What became of it is stated: who goes does not matter any more.
    }
    if (said.officer().equals(mine)) {
      heardOfTheSame(before, said);
    } else if (said.goes() && mine != null) {
      if (!TakenElsewhere.yields(before, said)) {
        elsewhere.say(before);
        return;
      }
      LOG.info(
          "Officer {} has alert {} in the street, and not officer {}: both took it",
          said.officer().reference(),
          alert.id(),
          mine.reference());
      log.yielded(alert.id(), mine, said.officer());
      elsewhere.take(said);
      gaveWay.computeIfAbsent(alert.id(), id -> new HashSet<>()).add(mine);
      keep(before.yields());
    } else if (elsewhere.take(said)) {
      listener.accept(of(alert));
    }
  }

  /** Whose it is here does something at another board. */
  private void heardOfTheSame(Engaged before, Exchanged.Taking said) {
    if (before.stoppedAt() != null) {
      return; // Which is not undone.
    }
    if (!said.goes()) {
      keep(before.takenBy(null));
    } else if (said.stopped()) {
      keep(before.stoppedAt(clock.instant()));
    }
  }

  /** Ends what other boards do not say any more, and says again what is so. */
  void tick(Collection<OpenAlert> alerts) {
    Set<UUID> ended = elsewhere.ended();
    boolean again = elsewhere.isTimeToSayAgain();
    for (OpenAlert alert : alerts) {
      if (ended.contains(alert.id())) {
        listener.accept(of(alert));
      }
      Engaged here = engaged.get(alert.id());
      if (again && here != null && here.takenBy() != null && here.last() == null) {
        elsewhere.say(here);
      }
    }
  }

  /** What a board of this control room has sent to a van, this one too. */
  void heard(OpenAlert alert, EngagementMessage statement) {
    Engaged before = here(alert);
    if (before.statement(statement.id()).isPresent()) {
      return;
    }
    if (before.isContinuedBy(statement)) {
      keep(before.and(new Statement(statement, true, null)));
    } else {
      LOG.warn("What another board states of alert {} does not follow what is known", alert.id());
    }
  }

  /**
   * The statements of an alert that are to be sent now, in order: those that the broker has still
   * to take, and now and then those that their van has not answered for good.
   *
   * @param online whether the van is there
   */
  List<UnsentEngagement> unsent(OpenAlert alert, Predicate<VanId> online) {
    VanId van = alert.van();
    List<UnsentEngagement> unsent = new ArrayList<>();
    if (van == null || !alert.judgement().isDone()) {
      return unsent;
    }
    Instant now = clock.instant();
    for (Statement statement : here(alert).statements()) {
      if (!statement.isAnswered()) {
        UUID id = statement.message().id();
        if (!statement.sent() || (online.test(van) && resends.isDue(id, now))) {
          Duration expiry = Duration.between(now, alert.expires());
          unsent.add(new UnsentEngagement(van, statement.message(), expiry));
        }
        if (statement.answer() != null) {
          break; // The van has not recorded it yet, and would refuse what corrects it.
        }
      }
    }
    return unsent;
  }

  void sent(EngagementMessage statement) {
    resends.sent(statement.id(), clock.instant());
    Engaged state = engaged.get(statement.alert());
    if (state != null) {
      state
          .statement(statement.id())
          .filter(known -> !known.sent())
          .ifPresent(known -> keep(state.with(known.whenSent())));
    }
  }

  /** A van says what became of a statement. */
  void answered(EngagementReceipt receipt) {
    Engaged state = engaged.get(receipt.alert());
    Statement known = state == null ? null : state.statement(receipt.engagement()).orElse(null);
    if (state == null
        || known == null
        || known.isAnswered()
        || receipt.result() == known.answer()) {
      return;
    }
    if (receipt.result() != EngagementReceipt.Result.RECORDED) {
      LOG.warn(
          "What became of alert {} is not recorded at its van: {}",
          receipt.alert(),
          receipt.result().word());
    }
    keep(state.with(known.answered(receipt.result())));
  }

  /** Reason and note of a statement. */
  StreetWords words(EngagementMessage statement) {
    return StreetWords.opened(statement.words(), keys);
  }

  void gone(UUID alert) {
    elsewhere.forget(alert);
    gaveWay.remove(alert);
    Engaged gone = engaged.remove(alert);
    if (gone != null) {
      gone.statements().forEach(statement -> resends.forget(statement.message().id()));
    }
  }

  /** Deletes what has expired, for good: also of alerts that never came to this board. */
  void deleteExpired(Instant now) throws StoreException {
    engaged.values().stream()
        .filter(state -> !now.isBefore(state.expires()))
        .map(Engaged::alert)
        .toList()
        .forEach(this::gone);
    shelf.deleteExpired(now);
  }

  private void keep(Engaged changed) {
    engaged.put(changed.alert(), changed);
    try {
      shelf.keep(changed);
    } catch (StoreException e) {
      LOG.error("The state of the board is not on disk: {}", e.getMessage());
    }
    listener.accept(elsewhere.with(changed));
  }

  /**
   * Those that an officer in the street may see: open ones that nobody has taken, their own, and
   * those that they had to yield with somebody stopped, until somebody states what became of it.
   */
  List<OpenAlert> shownTo(Actor officer, Iterable<OpenAlert> alerts) {
    List<OpenAlert> shown = new ArrayList<>();
    for (OpenAlert alert : alerts) {
      Engaged state = of(alert);
      Actor takenBy = state.takenBy();
      if (officer.equals(takenBy)
          || (takenBy == null && isOpenTo(alert, officer))
          || (state.yieldedBy(officer).isPresent() && isOfInterest(state, officer))) {
        shown.add(alert);
      }
    }
    return shown;
  }
}
