package org.sightline.edge.statistics;

import org.jspecify.annotations.Nullable;

/** The 95 % confidence interval of a rate, by Clopper and Pearson. */
public record Interval(double lower95, double upper95) {
  /** That of a proportion. */
  public static Interval of(Proportion proportion) {
    return new Interval(proportion.lower95(), proportion.upper95());
  }

  /** Null of nothing, and of more than there can be: then it is no proportion. */
  public static @Nullable Interval of(long count, long of) {
    return of < 1 || count > of ? null : of(Proportion.of(count, of));
  }

  /** Of so many in a thousand; null as above. */
  public static @Nullable Interval perThousand(long count, long of) {
    Interval share = of(count, of);
    return share == null ? null : new Interval(1000 * share.lower95, 1000 * share.upper95);
  }

  public double width() {
    return upper95 - lower95;
  }
}
