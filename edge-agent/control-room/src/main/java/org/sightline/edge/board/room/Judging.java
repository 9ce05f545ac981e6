package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sightline.edge.board.room.ControlRoom.Unsent;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.ReceivedAlert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What officers find of alerts, here and at other boards, until their vans have confirmed it: who
 * may judge, which of two outcomes counts, what is to be sent. Not thread-safe: the room's lock
 * guards it.
 */
final class Judging {
  private static final Logger LOG = LoggerFactory.getLogger(Judging.class);

  private final KnownAlerts alerts;
  private final Attention attention;
  private final RoomExchange exchange;
  private final RoomLog log;
  private final boolean twoPerson;
  private final Clock clock;
  private final Consumer<OpenAlert> judged;
  private final Resends resends = new Resends();

  /**
   * @param twoPerson whether an alert is closed by two officers who find the same
   * @param clock that never goes back
   * @param judged takes each alert of which something else is found than before
   */
  Judging(
      KnownAlerts alerts,
      Attention attention,
      RoomExchange exchange,
      RoomLog log,
      boolean twoPerson,
      Clock clock,
      Consumer<OpenAlert> judged) {
    this.alerts = alerts;
    this.attention = attention;
    this.exchange = exchange;
    this.log = log;
    this.twoPerson = twoPerson;
    this.clock = clock;
    this.judged = judged;
  }

  /** An officer says what an alert is. */
  Verdict judge(UUID id, Outcome outcome, Judge judge) {
    Verdict verdict = verdict(id, outcome, judge);
    if (verdict instanceof Verdict.Taken taken) {
      log.judged(id, judge.officer(), outcome, taken.alert().judgement().state());
    } else if (!(verdict instanceof Verdict.Unknown)) {
      log.refused(id, judge.officer(), outcome, verdict.word());
    }
    return verdict;
  }

  private Verdict verdict(UUID id, Outcome outcome, Judge judge) {
    Instant now = clock.instant();
    OpenAlert alert = alerts.get(id);
    if (alert == null || alert.content() == null) {
      return new Verdict.Unknown();
    }
    Judgement before = alert.judgement();
    Finding finding = before.found(outcome, judge.officer(), now);
    if (before.state() == Judgement.State.CLOSED) {
      return tooLate(alert, finding);
    }
    if (!alert.isReadable() && finding.outcome() != Outcome.UNRESOLVED) {
      return new Verdict.Unreadable();
    }
    if (before.isWithdrawn() && outcome == Outcome.TRUE) {
      return new Verdict.Withdrawn();
    }
    boolean two = needsTwo(alert.content());
    if (two && before.isProposedBy(finding)) {
      return new Verdict.SameOfficer();
    }
    boolean disputed = before.state() == Judgement.State.DISPUTED;
    if (disputed && (!judge.supervisor() || before.isAlsoBy(judge.officer()))) {
      return new Verdict.Disputed();
    }
    Attended attended = attention.of(id);
    if (attended.isClaimedByAnother(judge.officer())) {
      return new Verdict.Claimed(Objects.requireNonNull(attended.claimedBy()));
    }
    // Who judges it has looked at it, although the page's own word of that may still be on its way.
    OpenAlert after =
        alerts
            .seen(alert, judge.officer(), now)
            .with(
                disputed
                    ? before.decidedBy(finding, now)
                    : two ? before.with(finding, now) : before.closedBy(finding, now));
    LOG.info(
        "Officer {} judged alert {} {}; it is {}",
        finding.by().reference(),
        id,
        finding.outcome().word(),
        after.judgement().state().word());
    judged.accept(after);
    if (after.judgement().state() != Judgement.State.CLOSED) {
      exchange.say(new Exchanged.Proposal(id, finding));
    }
    return new Verdict.Taken(after);
  }

  /** What was found too late is kept beside what counts, so that a dissent is not lost. */
  private Verdict tooLate(OpenAlert alert, Finding finding) {
    Judgement before = alert.judgement();
    if (before.findings().stream().anyMatch(finding::repeats)) {
      return new Verdict.Taken(alert); // The answer was lost on its way, and the page asks again.
    }
    LOG.warn(
        "Officer {} finds alert {} {}, too late: it is {}",
        finding.by().reference(),
        alert.id(),
        finding.outcome().word(),
        words(before.findings()));
    OpenAlert after = alert.with(before.withLate(List.of(finding)));
    judged.accept(after);
    return new Verdict.Closed(after);
  }

  /** An officer at another board says what an alert is. */
  void proposed(Exchanged.Proposal proposal) {
    OpenAlert alert = alerts.get(proposal.alert());
    if (alert == null || alert.content() == null || !needsTwo(alert.content())) {
      return; // It is said again, and may be known here then.
    }
    Judgement before = alert.judgement();
    Judgement after = before.with(proposal.finding(), clock.instant());
    if (!after.equals(before)) {
      LOG.info(
          "Officer {} judged alert {} {} at another board; it is {}",
          proposal.officer().reference(),
          proposal.alert(),
          proposal.finding().outcome().word(),
          after.state().word());
      judged.accept(alert.with(after));
    }
  }

  /** Whether two officers judge an alert: by its authorisation, or by this board's settings. */
  private boolean needsTwo(ReceivedAlert content) {
    return twoPerson || content.twoOfficers();
  }

  /**
   * An outcome has come from the broker: the first that all hear is the one that counts.
   *
   * @return whether it is one that the van whose alert it is hears
   */
  boolean heard(VanId van, OutcomeMessage outcome) {
    OpenAlert recalled = alerts.recall(outcome.alert(), van);
    OpenAlert found = recalled == null ? alerts.find(outcome.alert()) : recalled;
    if (found != null && found.isPutAway()) {
      return true; // It has one.
    }
    OpenAlert known = found == null ? notHere(outcome.alert(), van) : found;
    if (known.van() != null && !known.van().equals(van)) {
      return false; // The van whose alert it is does not hear it.
    }
    if (known.content() != null && known.content().twoOfficers() && !outcome.isOfTwoOfficers()) {
      LOG.warn(
          "Alert {} needs two officers; {} of officer {} alone, from another board, does not count",
          known.id(),
          outcome.outcome().word(),
          outcome.by().reference());
      return false;
    }
    Judgement before = known.judgement();
    if (before.delivery() == Judgement.Delivery.HEARD) {
      Judgement after = before.withLate(Judgement.heard(outcome).findings());
      if (!after.equals(before)) {
        judged.accept(known.with(after));
      }
    } else {
      Judgement heard = Judgement.heard(outcome).after(before);
      if (before.state() == Judgement.State.CLOSED && !heard.late().equals(before.late())) {
        LOG.warn(
            "Alert {} is {}, says officer {} at another board, who was first; {} here does not"
                + " count",
            known.id(),
            outcome.outcome().word(),
            outcome.by().reference(),
            words(before.findings()));
      }
      judged.accept(known.with(heard));
    }
    return true;
  }

  /** An alert of which nothing is known but that it has an outcome. */
  private OpenAlert notHere(UUID id, VanId van) {
    Instant now = clock.instant();
    return new OpenAlert(
        id, van, null, 0, now, now.plus(ControlRoomInbox.LONGEST_EXPIRY), Judgement.NONE, null);
  }

  private static String words(List<Finding> findings) {
    return findings.stream()
        .map(finding -> finding.outcome().word() + " of officer " + finding.by().reference())
        .collect(Collectors.joining(" and "));
  }

  /**
   * The outcomes that are to be sent now, oldest alert first: those that the broker has still to
   * take, and now and then those that their van, which is there, has not confirmed.
   *
   * @param claimed when each alert was claimed first
   */
  List<Unsent> unsent(Predicate<VanId> online, Map<UUID, Instant> claimed) {
    Instant now = clock.instant();
    List<Unsent> unsent = new ArrayList<>();
    for (OpenAlert alert : alerts.oldestFirst()) {
      ReceivedAlert content = alert.content();
      if (content != null
          && (isWaiting(alert) || isDueAgain(alert, online.test(content.origin().van()), now))) {
        unsent.add(
            new Unsent(
                content.origin().van(),
                alert
                    .judgement()
                    .message(alert.id(), content.twoOfficers())
                    .with(Shift.waits(alert, claimed.get(alert.id()))),
                Duration.between(now, alert.expires())));
      }
    }
    return unsent;
  }

  private static boolean isWaiting(OpenAlert alert) {
    return alert.judgement().delivery() == Judgement.Delivery.WAITING;
  }

  private boolean isDueAgain(OpenAlert alert, boolean online, Instant now) {
    return alert.judgement().awaitsConfirmation() && online && resends.isDue(alert.id(), now);
  }

  /** The broker has taken the outcome of an alert. */
  void sent(UUID id) {
    OpenAlert alert = alerts.get(id);
    resends.sent(id, clock.instant());
    if (alert != null && alert.judgement().delivery() == Judgement.Delivery.WAITING) {
      judged.accept(alert.with(alert.judgement().delivered(Judgement.Delivery.SENT)));
    }
  }

  /** The van of an alert says what it has recorded. */
  void confirmed(OpenAlert alert, Confirmation answer) {
    Judgement before = alert.judgement();
    if (before.awaitsConfirmation() && !answer.repeats(before.confirmation())) {
      if (answer.outcome() != before.findings().get(0).outcome()) {
        LOG.warn(
            "The outcome of alert {} is {} here, and at {} it is {}",
            alert.id(),
            before.findings().get(0).outcome().word(),
            alert.van(),
            answer.outcome() == null ? answer.result().word() : answer.outcome().word());
      }
      judged.accept(alert.with(before.confirmed(answer)));
    }
  }

  /** Whatever a board has missed, or has started since, it hears now. */
  void sayAgain() {
    for (OpenAlert alert : alerts.all()) {
      if (alert.judgement().state() != Judgement.State.CLOSED) {
        alert
            .judgement()
            .findings()
            .forEach(finding -> exchange.say(new Exchanged.Proposal(alert.id(), finding)));
      }
    }
  }

  void forget(UUID id) {
    resends.forget(id);
  }
}
