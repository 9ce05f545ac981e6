package org.sightline.edge.evaluate;

/** Quantiles of a sample. Pure. */
final class Quantiles {
  private Quantiles() {}

  /**
   * The value of the sample below which a share of it lies.
   *
   * @param rising at least one value, the smallest first
   * @param share in [0, 1]
   */
  static double of(double[] rising, double share) {
    return rising[(int) Math.round(share * (rising.length - 1))];
  }
}
