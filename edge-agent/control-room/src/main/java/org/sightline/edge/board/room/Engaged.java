package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementReceipt;

/**
 * How far an alert has come in the street. Immutable.
 *
 * @param expires when it is deleted, with its alert
 * @param takenBy officer in the street who goes to the person; null if nobody does
 * @param stoppedAt since when that officer has the person stopped; null if that was not said
 * @param statements what officers stated, first to last; each corrects the one before, and the last
 *     counts
 * @param sent whether the broker has taken the last
 * @param answer what the van has said of the last; null if it has not
 */
public record Engaged(
    UUID alert,
    Instant expires,
    @Nullable Actor takenBy,
    @Nullable Instant stoppedAt,
    List<EngagementMessage> statements,
    boolean sent,
    EngagementReceipt.@Nullable Result answer) {
  public Engaged {
    statements = List.copyOf(statements);
  }

  /** One of which nothing is known yet. */
  static Engaged none(UUID alert, Instant expires) {
    return new Engaged(alert, expires, null, null, List.of(), false, null);
  }

  /** The statement that counts; null if there is none. */
  public @Nullable EngagementMessage last() {
    return statements.isEmpty() ? null : statements.get(statements.size() - 1);
  }

  Engaged takenBy(Actor officer) {
    return new Engaged(alert, expires, officer, stoppedAt, statements, sent, answer);
  }

  Engaged stoppedAt(Instant at) {
    return new Engaged(alert, expires, takenBy, at, statements, sent, answer);
  }

  /** The same with one statement more. */
  Engaged with(EngagementMessage statement, boolean heard) {
    List<EngagementMessage> more =
        Stream.concat(statements.stream(), Stream.of(statement)).toList();
    return new Engaged(alert, expires, takenBy, stoppedAt, more, heard, null);
  }

  Engaged whenSent() {
    return new Engaged(alert, expires, takenBy, stoppedAt, statements, true, answer);
  }

  Engaged answered(EngagementReceipt.Result result) {
    // Of an alert that the van has not heard judged, or cannot store, it is sent once more.
    boolean again = result == EngagementReceipt.Result.NOT_JUDGED;
    return new Engaged(alert, expires, takenBy, stoppedAt, statements, !again, result);
  }

  /** Whether a statement continues what is known here. */
  boolean isContinuedBy(EngagementMessage statement) {
    EngagementMessage last = last();
    UUID corrected = statement.correction() == null ? null : statement.correction().of();
    return last == null ? corrected == null : last.id().equals(corrected);
  }
}
