package org.sightline.edge.board.room;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What became of a test alert that a van was asked for. It is about nobody, and in no list and no
 * figure.
 *
 * @param asked when the request was published; while it is not, when an officer asked
 * @param took how long it took from there and back; null unless it has arrived
 */
public record VanTest(State state, Instant asked, @Nullable Duration took) {
  /** How far it has come. */
  public enum State {
    /** The request is on its way to the broker, or has been published: it may come still. */
    ASKED,
    ARRIVED,
    /** It ought to be here; it may come all the same. */
    MISSING,
    /** Not asked for: the broker has not taken the request, or was not there to take it. */
    NOT_SENT,
    /** Not asked for: the van is not there. */
    NOT_THERE,
    /** Not asked for: the van does not say that it answers, as one of before does not. */
    NOT_ANSWERED,
    /** Not asked for: what the van signs cannot be checked here. */
    NOT_KNOWN;

    /** The word for the page. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  VanTest as(State other) {
    return new VanTest(other, asked, null);
  }
}
