package org.sightline.edge.record;

import java.util.List;

/**
 * How a row of counts whose sum is known is published where a small one could be a person: no count
 * below {@value #SMALLEST} is shown, zero included, and none of the row is where one of those could
 * be computed from the others and the sum. Pure.
 */
final class SmallCells {
  /** The smallest count that is shown. */
  static final int SMALLEST = 5;

  /** What stands for a count below it. */
  static final String SMALL = "<" + SMALLEST;

  /** What stands for one of which not even that is said. */
  static final String WITHHELD = "withheld";

  private SmallCells() {}

  /**
   * What is shown of each.
   *
   * @param counts two or more, none negative; their sum is known to the reader
   */
  static List<String> shown(List<Long> counts) {
    if (counts.size() < 2) {
      throw new IllegalArgumentException("of a single count the sum says all");
    }
    List<Long> small = counts.stream().filter(count -> count < SMALLEST).toList();
    long hidden = small.stream().mapToLong(Long::longValue).sum();
    if (small.isEmpty()) {
      return counts.stream().map(count -> Long.toString(count)).toList();
    }
    // One alone, all of them zero, or all as large as can be: the sum would say it. To leave out
    // but one more of the others would not do, as it is known which one would be.
    boolean open = small.size() == 1 || hidden == 0 || hidden == small.size() * (SMALLEST - 1L);
    return counts.stream()
        .map(count -> open ? WITHHELD : count < SMALLEST ? SMALL : Long.toString(count))
        .toList();
  }
}
