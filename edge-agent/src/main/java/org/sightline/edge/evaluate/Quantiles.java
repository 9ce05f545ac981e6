package org.sightline.edge.evaluate;

/** Quantiles of a sample. Pure. */
final class Quantiles {
  private Quantiles() {}

  /**
   * The value below which a share of the sample lies, between its neighbours in proportion.
   *
   * @param rising at least one value, the smallest first
   * @param share in [0, 1]
   */
  static double of(double[] rising, double share) {
    double at = share * (rising.length - 1);
    int below = (int) Math.floor(at);
    int above = (int) Math.ceil(at);
    return rising[below] + (at - below) * (rising[above] - rising[below]);
  }
}
