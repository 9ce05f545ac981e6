package org.sightline.edge.domain;

/**
 * How often somebody who is not listed would be as alike as this, by the calibration: what a
 * similarity is worth at the length of the list that was searched.
 *
 * @param falseAlertsPerThousandFaces expected at a threshold of this similarity
 * @param upper95 upper end of the expectation's 95 % confidence interval
 * @param extrapolated whether so rare a thing was not measured but follows from what was
 * @param population that it was measured on
 */
public record MatchStrength(
    double falseAlertsPerThousandFaces, double upper95, boolean extrapolated, String population) {
  public MatchStrength {
    if (!(falseAlertsPerThousandFaces >= 0 && falseAlertsPerThousandFaces <= upper95)) {
      throw new IllegalArgumentException("an expectation is at most its upper limit");
    }
  }
}
