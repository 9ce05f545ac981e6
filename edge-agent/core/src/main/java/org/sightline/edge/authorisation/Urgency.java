package org.sightline.edge.authorisation;

import java.time.Duration;
import java.time.Instant;

/**
 * That a deployment cannot wait for a second authority. One signature is enough then, for {@link
 * #UNCONFIRMED_FOR}, and to the authorised end once another authority has confirmed it by a {@link
 * Ruling}. A van that does not know of this refuses the authorisation by the name {@code urgent}.
 *
 * @param reason why it cannot wait, in one line; it is published with the record
 * @param signedAt when the first authority signed it
 */
public record Urgency(String reason, Instant signedAt) {
  /** How long it stands at most on the word of one authority. */
  public static final Duration UNCONFIRMED_FOR = Duration.ofHours(24);

  public Urgency {
    Authorisation.requireText("reason for the urgency", reason);
  }

  /**
   * When it lapses: a day after it was signed, and never more than a day after the authorised
   * start, so that one with a late date of signing lasts no longer either.
   */
  Instant lapses(Instant start) {
    return (signedAt.isBefore(start) ? signedAt : start).plus(UNCONFIRMED_FOR);
  }
}
