package org.sightline.edge.board.room;

import java.time.Instant;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.Outcome;

/**
 * What one officer finds an alert to be.
 *
 * @param at by the clock of the officer's board, or {@link #UNKNOWN}
 */
public record Finding(Outcome outcome, Actor by, Instant at) {
  /** Where nobody says when it was. */
  static final Instant UNKNOWN = Instant.EPOCH;

  public Finding {
    // A board before this one kept none.
    at = at == null ? UNKNOWN : at;
  }

  /** Whether it is known when. */
  boolean isTimed() {
    return !at.equals(UNKNOWN);
  }

  /** Whether the same officer finds the same. */
  boolean repeats(Finding other) {
    return outcome == other.outcome && by.equals(other.by);
  }

  /** Whether the same officer has said this already, or something later. */
  boolean isNoNewsAfter(Finding other) {
    return equals(other) || (by.equals(other.by) && at.isBefore(other.at));
  }
}
