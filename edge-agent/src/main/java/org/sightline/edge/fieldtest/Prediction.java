package org.sightline.edge.fieldtest;

import org.apache.commons.statistics.distribution.PoissonDistribution;

/**
 * How many false alerts the calibration predicts. The interval is that of a Poisson count of this
 * expectation, from its 2.5 % to its 97.5 % quantile; the calibration's own uncertainty is not in
 * it.
 */
public record Prediction(double expected, int lower95, int upper95) {
  private static final double TAIL = 0.025;

  static Prediction of(double expected) {
    if (expected <= 0) {
      return new Prediction(0, 0, 0);
    }
    PoissonDistribution count = PoissonDistribution.of(expected);
    return new Prediction(
        expected,
        count.inverseCumulativeProbability(TAIL),
        count.inverseCumulativeProbability(1 - TAIL));
  }

  boolean holds(int count) {
    return count >= lower95 && count <= upper95;
  }
}
