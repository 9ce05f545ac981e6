package org.sightline.edge.oversight;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.statistics.Proportion;

/**
 * How many of how many, with the 95 % interval of Clopper and Pearson; rounded to six digits, so
 * that it is the same wherever it is computed.
 */
public record Rate(long count, long of, BigDecimal rate, BigDecimal lower95, BigDecimal upper95) {
  private static final MathContext DIGITS = new MathContext(6);

  /** Null of nothing. */
  static @Nullable Rate of(long count, long of) {
    return of == 0 ? null : some(count, of);
  }

  /** Of at least one. */
  static Rate some(long count, long of) {
    Proportion exact = Proportion.of(count, of);
    return new Rate(
        count, of, rounded(exact.rate()), rounded(exact.lower95()), rounded(exact.upper95()));
  }

  static BigDecimal rounded(double value) {
    BigDecimal rounded = new BigDecimal(value).round(DIGITS).stripTrailingZeros();
    return rounded.signum() == 0 ? BigDecimal.ZERO : rounded;
  }

  /** As people read it. */
  public String line() {
    return String.format(
        Locale.ROOT,
        "%d of %d = %.4g %% (95 %% interval %.4g to %.4g %%)",
        count,
        of,
        100 * rate.doubleValue(),
        100 * lower95.doubleValue(),
        100 * upper95.doubleValue());
  }
}
