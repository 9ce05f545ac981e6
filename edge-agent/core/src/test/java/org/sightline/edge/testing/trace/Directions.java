package org.sightline.edge.testing.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds numbers in a row that point where a vector does, whatever they were multiplied by and
 * however coarsely they were rounded: a template, the sum of several before it is scaled, and one
 * squeezed into bytes are all the same face.
 */
final class Directions {
  /** Values whose signs are compared before anything is multiplied. */
  private static final int MOST_SIGNS = 64;

  /** A value much smaller than the others may change its sign by rounding. */
  private static final float SIGNIFICANT_SHARE = 0.3f;

  /** Share of the significant signs that may differ. */
  private static final double OTHER_SIGNS = 1 / 3.0;

  /** What no form of a template holds is ruled out before anything else. */
  private static final float LARGEST = 4e4f;

  private static final float SMALLEST = 1e-8f;
  private static final int MOST_ZEROS = 8;

  private static final class Direction {
    final float[] unit;
    final long signs;
    final long significant;
    final int mostOthers;

    Direction(float[] unit, long signs, long significant) {
      this.unit = unit;
      this.signs = signs;
      this.significant = significant;
      this.mostOthers = (int) (OTHER_SIGNS * Long.bitCount(significant));
    }
  }

  private final int length;
  private final double leastCosine;
  private final List<Direction> directions = new ArrayList<>();

  /**
   * Those of some vectors.
   *
   * @param vectors all of that length
   * @param leastCosine with which numbers are found; chance has to be far from it
   */
  Directions(List<float[]> vectors, int length, double leastCosine) {
    this.length = length;
    this.leastCosine = leastCosine;
    // What is nearer to a known direction than that is found by it.
    double known = (1 + leastCosine) / 2;
    for (float[] vector : vectors) {
      if (directions.stream().noneMatch(each -> cosine(vector, 0, each.unit) > known)) {
        directions.add(direction(vector));
      }
    }
  }

  private Direction direction(float[] vector) {
    double squares = 0;
    for (float value : vector) {
      squares += value * value;
    }
    double norm = Math.sqrt(squares);
    float[] unit = new float[length];
    long signs = 0;
    long significant = 0;
    for (int i = 0; i < length; i++) {
      unit[i] = (float) (vector[i] / norm);
    }
    for (int i = 0; i < Math.min(length, MOST_SIGNS); i++) {
      signs = signs << 1 | (unit[i] < 0 ? 1 : 0);
      boolean large = Math.abs(unit[i]) > SIGNIFICANT_SHARE / Math.sqrt(length);
      significant = significant << 1 | (large ? 1 : 0);
    }
    return new Direction(unit, signs, significant);
  }

  boolean isIn(float[] numbers, int count) {
    int signed = Math.min(length, MOST_SIGNS);
    long signs = 0;
    int possible = 0;
    int zeros = 0;
    for (int i = 0; i < count; i++) {
      float size = Math.abs(numbers[i]);
      zeros = size == 0 ? zeros + 1 : 0;
      possible =
          size <= LARGEST && (size >= SMALLEST || size == 0) && zeros < MOST_ZEROS
              ? possible + 1
              : 0;
      signs = signs << 1 | (numbers[i] < 0 ? 1 : 0);
      int first = i + 1 - signed;
      if (possible < signed || first + length > count) {
        continue;
      }
      for (Direction each : directions) {
        if (Long.bitCount((signs ^ each.signs) & each.significant) <= each.mostOthers
            && cosine(numbers, first, each.unit) >= leastCosine) {
          return true;
        }
      }
    }
    return false;
  }

  private static double cosine(float[] numbers, int first, float[] unit) {
    double dot = 0;
    double squares = 0;
    for (int i = 0; i < unit.length; i++) {
      double number = numbers[first + i];
      dot += number * unit[i];
      squares += number * number;
    }
    return squares > 0 ? dot / Math.sqrt(squares) : 0;
  }
}
