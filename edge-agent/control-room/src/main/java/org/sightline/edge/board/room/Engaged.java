package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.EngagementMessage;

/**
 * How far an alert has come in the street. Immutable.
 *
 * @param expires when it is deleted, with its alert
 * @param takenBy officer in the street who goes to the person; null if nobody does
 * @param stoppedAt since when that officer has the person stopped; null if that was not said
 * @param yielded officers of this board who had somebody stopped when another one turned out to
 *     have it, and may state what became of that
 * @param statements what officers stated, first to last, with what the van refused
 */
public record Engaged(
    UUID alert,
    Instant expires,
    @Nullable Actor takenBy,
    @Nullable Instant stoppedAt,
    List<Yielded> yielded,
    List<Statement> statements) {
  /**
   * An officer who does not have it any more.
   *
   * @param stoppedAt since when that officer has somebody stopped
   */
  public record Yielded(Actor officer, Instant stoppedAt) {}

  public Engaged {
    yielded = List.copyOf(yielded);
    statements = List.copyOf(statements);
  }

  /** One of which nothing is known yet. */
  static Engaged none(UUID alert, Instant expires) {
    return new Engaged(alert, expires, null, null, List.of(), List.of());
  }

  /** What was stated last, recorded by the van or not; null if nothing was. */
  public @Nullable Statement last() {
    return statements.isEmpty() ? null : statements.get(statements.size() - 1);
  }

  /**
   * Whether nothing is awaited of what became of an alert: it is stated of a true one, and the van
   * has recorded whatever is.
   */
  boolean isSettled(Judgement judgement) {
    Statement last = last();
    return last == null
        ? judgement.outcome() != Outcome.TRUE
        : !last.isRefused() && statements.stream().allMatch(Statement::isAnswered);
  }

  /** The last that the van has not refused for good, which a correction names; null if none. */
  @Nullable EngagementMessage standing() {
    return statements.stream()
        .filter(statement -> !statement.isRefused())
        .reduce((first, second) -> second)
        .map(Statement::message)
        .orElse(null);
  }

  /** One of the statements. */
  Optional<Statement> statement(UUID id) {
    return statements.stream().filter(each -> each.message().id().equals(id)).findFirst();
  }

  Engaged takenBy(@Nullable Actor officer) {
    return new Engaged(alert, expires, officer, stoppedAt, yielded, statements);
  }

  Engaged stoppedAt(@Nullable Instant at) {
    return new Engaged(alert, expires, takenBy, at, yielded, statements);
  }

  /** The same when another officer has it; who had somebody stopped may still say what became. */
  Engaged yields() {
    List<Yielded> all = new ArrayList<>(yielded);
    if (takenBy != null && stoppedAt != null) {
      all.add(new Yielded(takenBy, stoppedAt));
    }
    return new Engaged(alert, expires, null, null, all, statements);
  }

  /** What an officer had to yield with somebody stopped; empty if nothing. */
  public Optional<Yielded> yieldedBy(Actor officer) {
    return yielded.stream().filter(each -> each.officer().equals(officer)).findFirst();
  }

  /** Whether an officer in the street has it, or had somebody stopped when they had to yield. */
  public boolean isOf(Actor officer) {
    return officer.equals(takenBy) || yieldedBy(officer).isPresent();
  }

  /** The same with one statement more. */
  Engaged and(Statement statement) {
    return with(Stream.concat(statements.stream(), Stream.of(statement)).toList());
  }

  /** The same with one of the statements as it is now. */
  Engaged with(Statement changed) {
    UUID id = changed.message().id();
    return with(
        statements.stream().map(each -> each.message().id().equals(id) ? changed : each).toList());
  }

  private Engaged with(List<Statement> all) {
    return new Engaged(alert, expires, takenBy, stoppedAt, yielded, all);
  }

  /** Whether a statement continues what is known here. */
  boolean isContinuedBy(EngagementMessage statement) {
    EngagementMessage standing = standing();
    UUID corrected = statement.correction() == null ? null : statement.correction().of();
    return Objects.equals(standing == null ? null : standing.id(), corrected);
  }
}
