package org.sightline.edge.lens;

/**
 * From where on a camera cannot see; docs/cameras.md says on what footage they were measured.
 *
 * @param raised value at which a fault is raised
 * @param cleared value at which it is cleared, further away
 */
record LensLimits(double raised, double cleared) {
  /** Share of the points that are as bright as can be. */
  static final LensLimits CLIPPED = new LensLimits(0.5, 0.35);

  /** Mean brightness. */
  static final LensLimits DIM = new LensLimits(20, 26);

  /** Of the edges in the view to those of the baseline. */
  static final LensLimits LIKENESS = new LensLimits(0.22, 0.27);

  /** Fine detail, as a share of the baseline. */
  static final LensLimits SHARPNESS = new LensLimits(0.25, 0.4);

  /** Mean change of the squares up to which two pictures are the same. */
  static final double SAME_CHANGE = 0.01;

  /**
   * Structure up to which a picture is flat: as a share of its brightness, and of what noise leaves
   * at night.
   */
  private static final LensLimits FLAT_SHARE = new LensLimits(0.03, 0.04);

  private static final LensLimits FLAT_LEAST = new LensLimits(1, 1.3);

  double of(boolean holds) {
    return holds ? cleared : raised;
  }

  static double flat(double mean, boolean holds) {
    return Math.max(FLAT_LEAST.of(holds), mean * FLAT_SHARE.of(holds));
  }
}
