package org.sightline.edge.detect;

/** How thoroughly a frame is searched. */
public enum Search {
  /** For faces from the smallest that is of use. */
  FULL(1),

  /** For faces a quarter larger at least, with two thirds of the pixels. */
  QUICK(0.8);

  private final double scale;

  Search(double scale) {
    this.scale = scale;
  }

  /** Sides of the picture searched, in those of a full search. */
  double scale() {
    return scale;
  }
}
