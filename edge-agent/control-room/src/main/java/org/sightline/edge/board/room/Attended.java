package org.sightline.edge.board.room;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;

/**
 * Who attends to an alert at a moment. Immutable.
 *
 * @param lookers who look at it, in order
 * @param claimedBy whose it is to judge; null while it is nobody's
 * @param from who had it before, by whom it was handed over or from whom it was taken; null if
 *     nobody had it
 */
public record Attended(
    UUID alert, List<Actor> lookers, @Nullable Actor claimedBy, @Nullable Actor from) {
  public Attended {
    lookers = List.copyOf(lookers);
  }

  /** Whether it is somebody's to judge, and not this officer's. */
  boolean isClaimedByAnother(Actor officer) {
    return claimedBy != null && !claimedBy.equals(officer);
  }
}
