package org.sightline.edge.fieldtest.report;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.statistics.Interval;

/** Figures as a page shows them. */
final class Words {
  private static final String UNKNOWN = "not known";

  private Words() {}

  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** A rate with its interval. */
  static String rate(@Nullable Double value, @Nullable Interval interval, int decimals) {
    if (value == null) {
      return UNKNOWN;
    }
    return number(value, decimals)
        + (interval == null
            ? ""
            : " ("
                + number(interval.lower95(), decimals)
                + " to "
                + number(interval.upper95(), decimals)
                + ")");
  }

  static String count(@Nullable Object value) {
    return value == null ? UNKNOWN : value.toString();
  }
}
