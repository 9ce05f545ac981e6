package org.sightline.edge.fieldtest;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.statistics.Proportion;

/** The 95 % confidence interval of a rate, by Clopper and Pearson. */
public record Interval(double lower95, double upper95) {
  /** Null of nothing, and of more than there can be: then it is no proportion. */
  static @Nullable Interval of(long count, long of) {
    if (of < 1 || count > of) {
      return null;
    }
    Proportion proportion = Proportion.of(count, of);
    return new Interval(proportion.lower95(), proportion.upper95());
  }

  static @Nullable Interval perThousand(long count, long of) {
    Interval share = of(count, of);
    return share == null ? null : new Interval(1000 * share.lower95, 1000 * share.upper95);
  }

  double width() {
    return upper95 - lower95;
  }
}
