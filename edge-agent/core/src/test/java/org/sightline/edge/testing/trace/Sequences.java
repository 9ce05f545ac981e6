package org.sightline.edge.testing.trace;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Finds short sequences of known numbers among others. */
final class Sequences {
  /** How near a number that was read has to come to a known one. */
  interface Nearness {
    boolean same(float read, float known);
  }

  private final float[][] sequences;
  private final float widest;
  private final Nearness nearness;

  /**
   * The sequences to be found.
   *
   * @param widest no number is near to another that is farther away
   */
  Sequences(List<float[]> sequences, float widest, Nearness nearness) {
    this.sequences = sequences.toArray(float[][]::new);
    this.widest = widest;
    this.nearness = nearness;
    Arrays.sort(this.sequences, Comparator.comparingDouble(each -> each[0]));
  }

  boolean isIn(float[] numbers, int count) {
    for (int i = 0; i < count; i++) {
      float first = numbers[i];
      for (int k = firstFrom(first - widest);
          k < sequences.length && sequences[k][0] <= first + widest;
          k++) {
        if (i + sequences[k].length <= count && same(numbers, i, sequences[k])) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean same(float[] numbers, int first, float[] sequence) {
    for (int i = 0; i < sequence.length; i++) {
      if (!nearness.same(numbers[first + i], sequence[i])) {
        return false;
      }
    }
    return true;
  }

  private int firstFrom(float least) {
    int low = 0;
    int high = sequences.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sequences[middle][0] < least) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
