package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.publish.OutcomeMessage;

/**
 * How far the judging of an alert has come. Immutable.
 *
 * @param findings while it is open, the two that disagree, or none; while it is proposed, the one;
 *     when it is closed, the one that counts and, in two-person mode, the one that confirms it
 * @param at when it was closed
 * @param confirmation what the van has answered; null while it has not
 * @param late what others said when it had been closed: it changes nothing, and is not lost
 */
public record Judgement(
    State state,
    List<Finding> findings,
    @Nullable Instant at,
    Delivery delivery,
    @Nullable Confirmation confirmation,
    List<Finding> late) {
  /** Nobody has said anything. */
  public static final Judgement NONE = open(List.of());

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
    // A board before this one kept none.
    late = late == null ? List.of() : List.copyOf(late);
  }

  private static Judgement open(List<Finding> findings) {
    return new Judgement(State.OPEN, findings, null, Delivery.NOTHING, null, List.of());
  }

  private static Judgement proposed(Finding finding) {
    return new Judgement(State.PROPOSED, List.of(finding), null, Delivery.NOTHING, null, List.of());
  }

  private static Judgement closed(List<Finding> findings, Instant at, Delivery delivery) {
    return new Judgement(State.CLOSED, findings, at, delivery, null, List.of());
  }

  /** What was heard from the broker, decided here or in another control room. */
  static Judgement heard(OutcomeMessage message) {
    Finding first = new Finding(message.outcome(), message.by(), message.at());
    Actor second = message.confirmedBy();
    return closed(
        second == null
            ? List.of(first)
            : List.of(first, new Finding(message.outcome(), second, message.at())),
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
    return state == State.PROPOSED && findings.get(0).repeats(finding);
  }

  /** One officer's word is enough. */
  Judgement closedBy(Finding finding, Instant now) {
    return closed(List.of(finding), now, Delivery.WAITING);
  }

  /** Two officers have to find the same; of one officer the last word counts. */
  Judgement with(Finding finding, Instant now) {
    if (state == State.CLOSED || findings.stream().anyMatch(finding::isNoNewsAfter)) {
      return this;
    }
    if (state != State.PROPOSED || findings.get(0).by().equals(finding.by())) {
      return proposed(finding);
    }
    Finding first = findings.get(0);
    List<Finding> both = List.of(first, finding);
    return first.outcome() == finding.outcome() ? closed(both, now, Delivery.WAITING) : open(both);
  }

  Judgement delivered(Delivery reached) {
    return new Judgement(state, findings, at, reached, confirmation, late);
  }

  /** The same where something else had been proposed or decided here, which does not count then. */
  Judgement after(Judgement before) {
    Judgement kept =
        (before.confirmation() == null ? this : confirmed(before.confirmation()))
            .withLate(before.late());
    return before.state() == State.OPEN ? kept : kept.withLate(before.findings());
  }

  /** The same with what was said too late, each once. */
  Judgement withLate(List<Finding> others) {
    Map<Object, Finding> all =
        Stream.concat(late.stream(), others.stream())
            .filter(finding -> findings.stream().noneMatch(finding::repeats))
            .collect(
                Collectors.toMap(
                    finding -> List.of(finding.outcome(), finding.by()),
                    Function.identity(),
                    (first, again) -> first,
                    LinkedHashMap::new));
    return new Judgement(state, findings, at, delivery, confirmation, List.copyOf(all.values()));
  }

  /** The same with what the van has answered. */
  Judgement confirmed(Confirmation answer) {
    return new Judgement(state, findings, at, delivery, answer, late);
  }

  /** Whether the van has still to say what became of it. */
  boolean awaitsConfirmation() {
    return state == State.CLOSED && (confirmation == null || !confirmation.isLast());
  }

  /** Whether the broker has taken it, so that nobody looks at the pictures any more. */
  boolean isDone() {
    return delivery == Delivery.SENT || delivery == Delivery.HEARD;
  }
}
