package org.sightline.edge.fieldtest;

import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * How many false alerts the calibration predicts: a Poisson count whose mean is itself uncertain,
 * because the calibration is, and what a pass amounts to in comparisons.
 *
 * @param expected mean of the count
 * @param expectedLower95 lower end of its 95 % interval, from the calibration
 * @param expectedUpper95 its upper end
 * @param lower95 2.5 % quantile of the count at the lowest mean
 * @param upper95 97.5 % quantile of the count at the highest mean
 */
public record Prediction(
    double expected, double expectedLower95, double expectedUpper95, int lower95, int upper95) {
  private static final double TAIL = 0.025;

  static Prediction of(double expected, double expectedLower95, double expectedUpper95) {
    return new Prediction(
        expected,
        expectedLower95,
        expectedUpper95,
        quantile(expectedLower95, TAIL),
        quantile(expectedUpper95, 1 - TAIL));
  }

  private static int quantile(double mean, double share) {
    return mean > 0 ? PoissonDistribution.of(mean).inverseCumulativeProbability(share) : 0;
  }

  boolean holds(int count) {
    return count >= lower95 && count <= upper95;
  }
}
