package org.sightline.edge.authorisation;

import java.math.BigDecimal;

/**
 * How often control entries have to be found before a camera may raise alerts: at each camera, of
 * the latest walks that together have at least so many passes, at least this share. A van that does
 * not know it refuses the authorisation by its name.
 *
 * @param rate lowest share of the passes walked that have to be recognised, in (0, 1]
 * @param walks passes that have to be walked by a camera, 1 to {@value #MOST_WALKS}
 */
public record LowestRecognition(double rate, int walks) {
  static final int MOST_WALKS = 1000;

  /**
   * @throws IllegalArgumentException if one of them is out of its range
   */
  public LowestRecognition {
    if (!(rate > 0 && rate <= 1)) {
      throw new IllegalArgumentException("a lowest recognition rate lies in (0, 1]");
    }
    if (walks < 1 || walks > MOST_WALKS) {
      throw new IllegalArgumentException(
          "the walks of a lowest recognition rate are 1 to " + MOST_WALKS);
    }
  }

  /** Whether so many recognised of so many passes are enough passes, and not too few of them. */
  public boolean isMetBy(long recognised, long passes) {
    return passes >= walks
        && BigDecimal.valueOf(recognised)
                .compareTo(BigDecimal.valueOf(rate).multiply(BigDecimal.valueOf(passes)))
            >= 0;
  }

  /** The rule as people who sign or use the authorisation read it. */
  public String line() {
    return "a camera raises alerts while, of its latest walks of together at least "
        + walks
        + " passes, at least "
        + Math.round(1000 * rate) / 10.0
        + " % are recognised";
  }
}
