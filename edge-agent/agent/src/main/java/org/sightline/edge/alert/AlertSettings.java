package org.sightline.edge.alert;

import java.time.Duration;
import org.sightline.edge.domain.Similarity;

/**
 * When evidence suffices.
 *
 * @param threshold that the fused template of a pass has to reach for any subject; that of a
 *     subject's category may be higher
 * @param leastShots embedded views that a decision rests on, unless one alone is overwhelming
 * @param overwhelming how far above the threshold a single view has to be to decide alone
 * @param samePassWithin a subject whose pass was lost from sight and who is found again within this
 *     time is still the same pass
 */
public record AlertSettings(
    Similarity threshold, int leastShots, double overwhelming, Duration samePassWithin) {
  /** The defaults beside the threshold: 2 shots, or one 0.15 above; 3 s. */
  public static AlertSettings of(Similarity threshold) {
    return new AlertSettings(threshold, 2, 0.15, Duration.ofSeconds(3));
  }
}
