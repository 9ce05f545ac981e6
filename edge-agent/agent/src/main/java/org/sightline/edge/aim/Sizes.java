package org.sightline.edge.aim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sizes of faces in one part of a view.
 *
 * @param count of faces, in all pictures that were searched
 * @param smallestPx null where there was none
 * @param medianPx the lower one of an even number; null where there was none
 */
public record Sizes(int count, @Nullable Double smallestPx, @Nullable Double medianPx) {
  static Sizes of(List<Double> sizesPx) {
    List<Double> sorted = sizesPx.stream().sorted().toList();
    return sorted.isEmpty()
        ? new Sizes(0, null, null)
        : new Sizes(
            sorted.size(), tenths(sorted.get(0)), tenths(sorted.get((sorted.size() - 1) / 2)));
  }

  private static double tenths(double sizePx) {
    return Math.round(10 * sizePx) / 10.0;
  }
}
