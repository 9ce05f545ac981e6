package org.sightline.edge.board;

import java.util.List;
import java.util.Locale;

/** Measured times, in words; nothing is asserted of them. */
final class Delays {
  private Delays() {}

  /**
   * How many there are, the one in the middle, that within which 95 of 100 lie, and the longest.
   */
  static String inWords(List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return sorted.isEmpty()
        ? "none"
        : String.format(
            Locale.ROOT,
            "n %d, median %d ms, p95 %d ms, max %d ms",
            sorted.size(),
            sorted.get((sorted.size() - 1) / 2),
            sorted.get((int) Math.ceil(0.95 * sorted.size()) - 1),
            sorted.get(sorted.size() - 1));
  }
}
