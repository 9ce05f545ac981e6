package org.sightline.edge.track;

import java.time.Duration;

/**
 * How faces are joined into passes.
 *
 * @param startScore a detector score below this continues a pass but begins none, in [0, 1]
 * @param lostAfter a pass not seen for this long has ended; shorter gaps are bridged
 * @param confirmSightings a pass counts from this many sightings on; what is seen less often is
 *     taken for a false detection
 */
public record TrackSettings(float startScore, Duration lostAfter, int confirmSightings) {
  /** The defaults: score 0.6, 1.5 s, 2 sightings. */
  public static TrackSettings defaults() {
    return new TrackSettings(0.6f, Duration.ofMillis(1500), 2);
  }
}
