package org.sightline.bench;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The middle of repetitions, which one that was disturbed does not move. */
final class Medians {
  private Medians() {}

  /**
   * The median, of an even number the mean of the two in the middle.
   *
   * @param values at least one
   */
  static <T> double of(Collection<T> values, ToDoubleFunction<T> figure) {
    double[] sorted = values.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
