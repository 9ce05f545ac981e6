package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
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

  /** For so long after its outcome somebody may go: nobody can authorise a stop that is later. */
  static final Duration OPEN_FOR = AlertTerms.LONGEST_STALE_AFTER;

  private final EngagedShelf shelf;
  private final ControlRoomKeys keys;
  private final VanMessages messages;
  private final RoomLog log;
  private final Clock clock;
  private final Consumer<Engaged> listener;
  private final Map<UUID, Engaged> engaged = new LinkedHashMap<>();

  StreetDesk(
      EngagedShelf shelf,
      ControlRoomKeys keys,
      VanMessages messages,
      RoomLog log,
      Clock clock,
      Consumer<Engaged> listener)
      throws StoreException {
    this.shelf = shelf;
    this.keys = keys;
    this.messages = messages;
    this.log = log;
    this.clock = clock;
    this.listener = listener;
    shelf.deleteExpired(clock.instant());
    engaged.putAll(shelf.load());
  }

  /** How far an alert has come. */
  Engaged of(OpenAlert alert) {
    return engaged.getOrDefault(alert.id(), Engaged.none(alert.id(), alert.expires()));
  }

  /** All of which something is known. */
  List<Engaged> all() {
    return List.copyOf(engaged.values());
  }

  /** Whether somebody may still go to the person: it is the listed one, and was so just now. */
  boolean isOpen(OpenAlert alert) {
    Judgement judgement = alert.judgement();
    return alert.content() != null
        && judgement.state() == Judgement.State.CLOSED
        && judgement.findings().get(0).outcome() == Outcome.TRUE
        && judgement.at() != null
        && clock.instant().isBefore(judgement.at().plus(OPEN_FOR))
        && of(alert).last() == null;
  }

  /** An officer in the street goes to the person; false if another does, or nobody may. */
  boolean take(OpenAlert alert, Actor officer) {
    Engaged before = of(alert);
    if (officer.equals(before.takenBy())) {
      return true;
    }
    if (before.takenBy() != null || !isOpen(alert)) {
      return false;
    }
    keep(before.takenBy(officer));
    log.taken(alert.id(), officer);
    return true;
  }

  /** The officer who goes has the person stopped from now on; false if it is not theirs. */
  boolean stopped(OpenAlert alert, Actor officer) {
    Engaged before = of(alert);
    if (!officer.equals(before.takenBy()) || before.last() != null) {
      return false;
    }
    if (before.stoppedAt() == null) {
      keep(before.stoppedAt(clock.instant()));
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
    Engaged before = of(alert);
    EngagementMessage last = before.last();
    EngagementMessage statement =
        new EngagementMessage(
            UUID.randomUUID(),
            alert.id(),
            judge.officer(),
            clock.instant(),
            entry.found(),
            group(alert, entry, last),
            StreetWords.sealed(entry, keys),
            last == null ? null : new Correction(last.id(), judge.supervisor(), last.group()));
    log.engaged(statement);
    keep(before.with(statement, false));
    return Optional.empty();
  }

  private Optional<String> objection(OpenAlert alert, StreetEntry entry, Judge judge) {
    ReceivedAlert content = alert.content();
    if (content == null || alert.judgement().state() != Judgement.State.CLOSED) {
      return Optional.of("not-judged");
    }
    Engaged before = of(alert);
    EngagementMessage last = before.last();
    if (last == null ? entry.corrects() != null : !last.id().equals(entry.corrects())) {
      return Optional.of("changed");
    }
    boolean theirs =
        last == null
            ? before.takenBy() == null || before.takenBy().equals(judge.officer())
            : last.by().equals(judge.officer());
    if (!theirs && !judge.supervisor()) {
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

  private @Nullable SealedGroup group(
      OpenAlert alert, StreetEntry entry, @Nullable EngagementMessage last) {
    ReceivedAlert content = alert.content();
    if (entry.found().stop() == null || content == null) {
      return null;
    }
    String code = entry.group();
    if (code == null) {
      return last == null ? null : last.group();
    }
    return messages
        .device(content.origin().van())
        .map(device -> SealedGroup.of(code, alert.id(), device))
        .orElse(null);
  }

  /** What a board of this control room has sent to a van, this one too. */
  void heard(OpenAlert alert, EngagementMessage statement) {
    Engaged before = of(alert);
    if (before.statements().stream().anyMatch(known -> known.id().equals(statement.id()))) {
      return;
    }
    if (before.isContinuedBy(statement)) {
      keep(before.with(statement, true));
    } else {
      LOG.warn("What another board states of alert {} does not follow what is known", alert.id());
    }
  }

  /** The statement that counts, if the broker has still to take it and the outcome is there. */
  Optional<UnsentEngagement> unsent(OpenAlert alert) {
    Engaged state = of(alert);
    EngagementMessage last = state.last();
    VanId van = alert.van();
    if (last == null || van == null || state.sent() || !alert.judgement().isDone()) {
      return Optional.empty();
    }
    return Optional.of(
        new UnsentEngagement(van, last, Duration.between(clock.instant(), alert.expires())));
  }

  void sent(EngagementMessage statement) {
    Engaged state = engaged.get(statement.alert());
    EngagementMessage last = state == null ? null : state.last();
    if (state != null && last != null && last.id().equals(statement.id())) {
      keep(state.whenSent());
    }
  }

  /** A van says what became of a statement. */
  void answered(EngagementReceipt receipt) {
    Engaged state = engaged.get(receipt.alert());
    EngagementMessage last = state == null ? null : state.last();
    if (state != null && last != null && last.id().equals(receipt.engagement())) {
      if (receipt.result() != EngagementReceipt.Result.RECORDED) {
        LOG.warn(
            "What became of alert {} is not recorded at its van: {}",
            receipt.alert(),
            receipt.result().word());
      }
      keep(state.answered(receipt.result()));
    }
  }

  /** Reason and note of a statement. */
  StreetWords words(EngagementMessage statement) {
    return StreetWords.opened(statement.words(), keys);
  }

  void gone(UUID alert) {
    engaged.remove(alert);
  }

  /** Deletes what has expired, for good. */
  void deleteExpired(Instant now) throws StoreException {
    shelf.deleteExpired(now);
  }

  private void keep(Engaged changed) {
    engaged.put(changed.alert(), changed);
    try {
      shelf.keep(changed);
    } catch (StoreException e) {
      LOG.error("The state of the board is not on disk: {}", e.getMessage());
    }
    listener.accept(changed);
  }

  /**
   * Those that an officer in the street may see: open ones that nobody has taken, and their own.
   */
  List<OpenAlert> shownTo(Actor officer, Iterable<OpenAlert> alerts) {
    List<OpenAlert> shown = new ArrayList<>();
    for (OpenAlert alert : alerts) {
      Actor takenBy = of(alert).takenBy();
      if (officer.equals(takenBy) || (takenBy == null && isOpen(alert))) {
        shown.add(alert);
      }
    }
    return shown;
  }
}
