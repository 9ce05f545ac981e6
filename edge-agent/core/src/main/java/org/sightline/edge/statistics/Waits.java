package org.sightline.edge.statistics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How long some things waited. Without an interval: what is given are times that were measured.
 *
 * @param median the shortest that half of them did not exceed; null of none
 * @param p95 within which it was over for 95 of 100, of fewer than 20 the longest; null of none
 */
public record Waits(int count, @Nullable Duration median, @Nullable Duration p95) {
  /** Those of a list in any order. */
  public static Waits of(List<Duration> waits) {
    List<Duration> sorted = new ArrayList<>(waits);
    Collections.sort(sorted);
    return new Waits(sorted.size(), rank(sorted, 50), rank(sorted, 95));
  }

  /** The smallest that so many in a hundred do not exceed. */
  private static @Nullable Duration rank(List<Duration> sorted, int percent) {
    return sorted.isEmpty() ? null : sorted.get((sorted.size() * percent + 99) / 100 - 1);
  }
}
