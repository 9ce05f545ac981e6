package org.sightline.edge.domain;

/**
 * How many comparisons of one view a whole pass amounts to: somebody who walks by is compared
 * several times as views come in, and the best of these decides. Measured on people who walk by and
 * are not listed, as the rate at which a pass reaches a similarity per rate at which a view does.
 *
 * @param factor at least 1
 * @param lower95 lower end of its 95 % confidence interval, in [1, factor]
 * @param upper95 its upper end, at least the factor
 * @param passes that it was measured on
 */
public record PassFactor(double factor, double lower95, double upper95, int passes) {
  /** Where nothing was measured: a pass counts as one comparison. */
  public static final PassFactor UNKNOWN = new PassFactor(1, 1, 1, 0);

  public PassFactor {
    if (!(lower95 >= 1 && lower95 <= factor && factor <= upper95 && passes >= 0)) {
      throw new IllegalArgumentException("a factor is at least 1 and lies within its interval");
    }
  }
}
