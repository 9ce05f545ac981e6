package org.sightline.edge.board.room;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;

import java.time.Instant;
import java.util.ArrayList;
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
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeMessage.Judged;

/**
 * How far the judging of an alert has come. Immutable.
 *
 * @param findings while it is open, none; while it is proposed, the one; while it is disputed, the
 *     two that disagree; when it is closed, the one that counts and, where two officers judge, the
 *     one that confirms it, or the two between which it decides
 * @param at when it was closed
 * @param confirmation what the van has answered; null while it has not
 * @param late what others said when it had been closed, or when two had disagreed: it changes
 *     nothing, and is not lost
 * @param withdrawnAt when this board heard that the subject is off the list; null while it is on it
 */
public record Judgement(
    State state,
    List<Finding> findings,
    @Nullable Instant at,
    Delivery delivery,
    @Nullable Confirmation confirmation,
    List<Finding> late,
    @Nullable Instant withdrawnAt) {
  /** Nobody has said anything. */
  public static final Judgement NONE = unsettled(State.OPEN, List.of());

  /** How the alert stands. */
  public enum State {
    OPEN,
    PROPOSED,
    /** Two officers disagree, and a supervisor decides. */
    DISPUTED,
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
    if (state == State.OPEN && !findings.isEmpty()) {
      state = State.DISPUTED; // A board before this one let the two judge again.
    }
    // A board before this one kept none.
    late = late == null ? List.of() : List.copyOf(late);
  }

  private static Judgement unsettled(State state, List<Finding> findings) {
    return new Judgement(state, findings, null, Delivery.NOTHING, null, List.of(), null);
  }

  /** Clocks of boards differ: it is not closed before the last of the findings. */
  private static Judgement closed(List<Finding> findings, Instant now, Delivery delivery) {
    Instant at =
        findings.stream().map(Finding::at).filter(now::isBefore).max(naturalOrder()).orElse(now);
    return new Judgement(State.CLOSED, findings, at, delivery, null, List.of(), null);
  }

  /** What was heard from the broker, decided here or in another control room. */
  static Judgement heard(OutcomeMessage message) {
    return closed(findings(message), message.at(), Delivery.HEARD);
  }

  private static List<Finding> findings(OutcomeMessage message) {
    Actor second = message.confirmedBy();
    if (!message.isOfTwoOfficers()) {
      Finding first = new Finding(message.outcome(), message.by(), Finding.UNKNOWN);
      return second == null
          ? List.of(first)
          : List.of(first, new Finding(message.outcome(), second, Finding.UNKNOWN));
    }
    List<Finding> findings = new ArrayList<>();
    if (second == null) {
      findings.add(new Finding(message.outcome(), message.by(), message.at()));
    }
    for (Judged judged : message.judgements()) {
      findings.add(new Finding(judged.outcome(), judged.by(), judged.at()));
    }
    return findings;
  }

  /**
   * What the van must be sent; only of a closed one.
   *
   * @param twoOfficers whether the van asks for what each of two found
   */
  OutcomeMessage message(UUID alert, boolean twoOfficers) {
    Finding counts = findings.get(0);
    List<Judged> judgements =
        betweenOrAll().stream()
            .map(finding -> new Judged(finding.by(), finding.outcome(), finding.at()))
            .toList();
    return new OutcomeMessage(
        alert,
        counts.outcome(),
        counts.by(),
        findings.size() == 2 ? findings.get(1).by() : null,
        Objects.requireNonNull(at),
        twoOfficers ? judgements : List.of());
  }

  private List<Finding> betweenOrAll() {
    return between().isEmpty() ? findings : between();
  }

  /** The two between whom a supervisor has decided, or nothing. */
  public List<Finding> between() {
    return findings.size() > 2 ? findings.subList(1, findings.size()) : List.of();
  }

  /** What it was judged to be; null while it is not closed. */
  public @Nullable Outcome outcome() {
    return state == State.CLOSED ? findings.get(0).outcome() : null;
  }

  /** Whether two officers judged, and it is known when each did. */
  boolean isOfTwoOfficers() {
    return findings.size() > 1 && findings.stream().allMatch(Finding::isTimed);
  }

  /** Whether an officer is one of those who found something that counts. */
  private boolean isBy(Actor officer) {
    return findings.stream().anyMatch(finding -> finding.by().equals(officer));
  }

  /** Whether an officer has found something, be it too late to count. */
  boolean isAlsoBy(Actor officer) {
    return Stream.concat(findings.stream(), late.stream())
        .anyMatch(finding -> finding.by().equals(officer));
  }

  /**
   * What an officer finds now: by whatever clock, later than what the same officer found before.
   */
  Finding found(Outcome outcome, Actor officer, Instant now) {
    Instant at =
        findings.stream()
            .filter(finding -> finding.by().equals(officer))
            .map(finding -> finding.at().plusMillis(1))
            .filter(now::isBefore)
            .max(naturalOrder())
            .orElse(now);
    return new Finding(outcome, officer, at);
  }

  /** Whether this officer has proposed this very outcome already. */
  boolean isProposedBy(Finding finding) {
    return state == State.PROPOSED && findings.get(0).repeats(finding);
  }

  /** One officer's word is enough. */
  Judgement closedBy(Finding finding, Instant now) {
    return closed(List.of(finding), now, Delivery.WAITING);
  }

  /**
   * Two officers have to find the same; of one officer the last word counts, until another has
   * judged. A third one, who had not heard of the two, is too late.
   */
  Judgement with(Finding finding, Instant now) {
    if (state == State.OPEN) {
      return unsettled(State.PROPOSED, List.of(finding));
    }
    if (state != State.PROPOSED) {
      return isBy(finding.by()) ? this : withLate(List.of(finding));
    }
    if (finding.isNoNewsAfter(findings.get(0))) {
      return this;
    }
    Finding first = findings.get(0);
    if (first.by().equals(finding.by())) {
      return unsettled(State.PROPOSED, List.of(finding));
    }
    // In the order that every board gives them.
    List<Finding> both = Stream.of(first, finding).sorted(comparing(Finding::at)).toList();
    return first.outcome() == finding.outcome()
        ? closed(both, now, Delivery.WAITING)
        : unsettled(State.DISPUTED, both);
  }

  /** A supervisor decides between two. */
  Judgement decidedBy(Finding finding, Instant now) {
    return closed(List.of(finding, findings.get(0), findings.get(1)), now, Delivery.WAITING)
        .withLate(late);
  }

  Judgement delivered(Delivery reached) {
    return new Judgement(state, findings, at, reached, confirmation, late, withdrawnAt);
  }

  /** The same where something else had been proposed or decided here, which does not count then. */
  Judgement after(Judgement before) {
    Judgement whole = closed(decisionOf(before), Objects.requireNonNull(at), delivery);
    Judgement kept =
        (before.confirmation() == null ? whole : whole.confirmed(before.confirmation()))
            .withLate(before.late());
    return before.state() == State.OPEN ? kept : kept.withLate(before.findings());
  }

  /**
   * What counts, with what is known here of who found what: a van that does not ask for it is sent
   * the outcome alone.
   */
  private List<Finding> decisionOf(Judgement before) {
    boolean same =
        before.state == State.CLOSED
            && before.findings.size() >= findings.size()
            && before.findings.get(0).repeats(findings.get(0))
            && findings.stream().allMatch(each -> before.findings.stream().anyMatch(each::repeats));
    if (same) {
      return before.findings;
    }
    List<Finding> disagree = before.state == State.DISPUTED ? before.findings : before.between();
    boolean decided =
        !disagree.isEmpty()
            && findings.size() == 1
            && disagree.stream().noneMatch(each -> each.by().equals(findings.get(0).by()));
    return decided ? Stream.concat(findings.stream(), disagree.stream()).toList() : findings;
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
    return new Judgement(
        state, findings, at, delivery, confirmation, List.copyOf(all.values()), withdrawnAt);
  }

  /** The same with what the van has answered. */
  Judgement confirmed(Confirmation answer) {
    return new Judgement(state, findings, at, delivery, answer, late, withdrawnAt);
  }

  /** The same, after an authority has taken the subject off the list. */
  Judgement withdrawn(Instant now) {
    return new Judgement(state, findings, at, delivery, confirmation, late, now);
  }

  /** The same as a later one of an alert: what was withdrawn stays withdrawn. */
  Judgement following(Judgement before) {
    return before.withdrawnAt == null ? this : withdrawn(before.withdrawnAt);
  }

  /** Whether an authority has taken the subject off the list: nobody is to be stopped. */
  public boolean isWithdrawn() {
    return withdrawnAt != null;
  }

  /** Whether the van has still to say what became of it. */
  boolean awaitsConfirmation() {
    return state == State.CLOSED && (confirmation == null || !confirmation.isLast());
  }

  /** Whether the van has recorded this very outcome. */
  boolean isConfirmed() {
    return isDone() && confirmation != null && confirmation.outcome() == outcome();
  }

  /** Whether the broker has taken it, so that nobody looks at the pictures any more. */
  boolean isDone() {
    return delivery == Delivery.SENT || delivery == Delivery.HEARD;
  }
}
