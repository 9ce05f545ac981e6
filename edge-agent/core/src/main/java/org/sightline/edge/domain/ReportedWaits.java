package org.sightline.edge.domain;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long an alert waited, from its van's sending, until somebody in the control room did
 * something, as a board states it. Says nothing of who.
 *
 * @param seen until somebody looked at it; null if that is not stated
 * @param claimed until somebody claimed it; null if that is not stated
 */
public record ReportedWaits(@Nullable Duration seen, @Nullable Duration claimed) {
  /** Nothing is stated. */
  public static final ReportedWaits UNKNOWN = new ReportedWaits(null, null);
}
