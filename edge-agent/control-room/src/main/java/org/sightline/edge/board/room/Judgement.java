package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.publish.OutcomeMessage;

/**
 * How far the judging of an alert has come. Immutable.
 *
 * @param findings while it is open, the two that disagree, or none; while it is proposed, the one;
 *     when it is closed, the one that counts and, in two-person mode, the one that confirms it
 * @param at when it was closed
 */
public record Judgement(
    State state, List<Finding> findings, @Nullable Instant at, Delivery delivery) {
  /** Nobody has said anything. */
  public static final Judgement NONE = new Judgement(State.OPEN, List.of(), null, Delivery.NOTHING);

  /** How the alert stands. */
  public enum State {
    OPEN,
    PROPOSED,
    CLOSED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far the outcome has come on its way to the van. */
  public enum Delivery {
    /** There is none. */
    NOTHING,
    /** The broker has not taken it yet. */
    WAITING,
    /** The broker has taken it. */
    SENT,
    /** It has been heard from the broker, after which no other counts. */
    HEARD
  }

  public Judgement {
    findings = List.copyOf(findings);
  }

  /** What was heard from the broker, decided here or in another control room. */
  static Judgement heard(OutcomeMessage message) {
    Finding first = new Finding(message.outcome(), message.by());
    Actor second = message.confirmedBy();
    return new Judgement(
        State.CLOSED,
        second == null ? List.of(first) : List.of(first, new Finding(message.outcome(), second)),
        message.at(),
        Delivery.HEARD);
  }

  /** What the van must be sent; only of a closed one. */
  OutcomeMessage message(UUID alert) {
    Finding first = findings.get(0);
    return new OutcomeMessage(
        alert,
        first.outcome(),
        first.by(),
        findings.size() > 1 ? findings.get(1).by() : null,
        Objects.requireNonNull(at));
  }

  /** Whether this officer has proposed this very outcome already. */
  boolean isProposedBy(Finding finding) {
    return state == State.PROPOSED && findings.get(0).equals(finding);
  }

  /** One officer's word is enough. */
  Judgement closedBy(Finding finding, Instant now) {
    return new Judgement(State.CLOSED, List.of(finding), now, Delivery.WAITING);
  }

  /** Two officers have to find the same. */
  Judgement with(Finding finding, Instant now) {
    if (state != State.PROPOSED || findings.get(0).by().equals(finding.by())) {
      return new Judgement(State.PROPOSED, List.of(finding), null, Delivery.NOTHING);
    }
    Finding first = findings.get(0);
    List<Finding> both = List.of(first, finding);
    return first.outcome() == finding.outcome()
        ? new Judgement(State.CLOSED, both, now, Delivery.WAITING)
        : new Judgement(State.OPEN, both, null, Delivery.NOTHING);
  }

  Judgement delivered(Delivery reached) {
    return new Judgement(state, findings, at, reached);
  }

  /** Whether nothing more has to be done about it here. */
  boolean isDone() {
    return delivery == Delivery.SENT || delivery == Delivery.HEARD;
  }
}
