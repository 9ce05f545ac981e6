package org.sightline.edge.board.room;

import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.ShownText;

/**
 * What an officer enters of an alert in the street.
 *
 * @param group code of the alert's list; null if none is stated, or of a correction, if that which
 *     was stated stays
 * @param withoutGroup whether a correction takes back the group that was stated, and states none
 * @param reason null if none is given
 * @param note null if there is none
 * @param corrects the statement that the officer has seen last; null if it is the first
 */
public record StreetEntry(
    Engagement found,
    @Nullable String group,
    boolean withoutGroup,
    @Nullable String reason,
    @Nullable String note,
    @Nullable UUID corrects) {
  public StreetEntry {
    if (withoutGroup && group != null) {
      throw new IllegalArgumentException("a group is stated or taken back");
    }
    if (reason != null) {
      ShownText.REASON.require(reason);
    }
    if (note != null) {
      ShownText.NOTE.require(note);
    }
  }
}
