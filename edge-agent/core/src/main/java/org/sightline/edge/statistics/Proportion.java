package org.sightline.edge.statistics;

import org.apache.commons.statistics.distribution.BetaDistribution;

/**
 * How many of how many, with the 95 % confidence interval of Clopper and Pearson (1934), which
 * never claims more than the numbers carry.
 *
 * @param rate count / of
 * @param lower95 lower end of the interval
 * @param upper95 upper end of the interval
 */
public record Proportion(long count, long of, double rate, double lower95, double upper95) {
  private static final double TAIL = 0.025;

  /**
   * The proportion of a count.
   *
   * @param of at least 1
   */
  public static Proportion of(long count, long of) {
    if (count < 0 || of < 1 || count > of) {
      throw new IllegalArgumentException(count + " of " + of);
    }
    double hits = count;
    double misses = of - count;
    double lower =
        count == 0 ? 0 : BetaDistribution.of(hits, misses + 1).inverseCumulativeProbability(TAIL);
    double upper =
        count == of ? 1 : BetaDistribution.of(hits + 1, misses).inverseSurvivalProbability(TAIL);
    return new Proportion(count, of, hits / of, lower, upper);
  }
}
