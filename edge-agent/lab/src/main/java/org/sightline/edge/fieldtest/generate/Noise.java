package org.sightline.edge.fieldtest.generate;

/** Smooth random fields over the plane, the same for the same seed. Immutable. */
record Noise(int seed) {

  /** A field that wavers about once per unit of x and y, in [-1, 1]. */
  float at(float x, float y) {
    int column = (int) Math.floor(x);
    int row = (int) Math.floor(y);
    float fx = ease(x - column);
    float fy = ease(y - row);
    float above = mix(corner(column, row), corner(column + 1, row), fx);
    float below = mix(corner(column, row + 1), corner(column + 1, row + 1), fx);
    return mix(above, below, fy);
  }

  private static float ease(float t) {
    return t * t * (3 - 2 * t);
  }

  private static float mix(float a, float b, float share) {
    return a + (b - a) * share;
  }

  private float corner(int column, int row) {
    int h = seed + column * 0x27D4EB2D + row * 0x165667B1;
    h = (h ^ h >>> 15) * 0x85EBCA6B;
    h = (h ^ h >>> 13) * 0xC2B2AE35;
    return (h ^ h >>> 16) / 0x1p31f;
  }
}
