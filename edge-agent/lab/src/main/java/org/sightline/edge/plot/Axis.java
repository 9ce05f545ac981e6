package org.sightline.edge.plot;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One axis of a plot.
 *
 * @param label what is drawn along it, with its unit
 * @param from value at the left or lower end
 * @param to value at the other end, above {@code from}
 * @param logarithmic whether equal ratios take equal room; then {@code from} is above 0
 * @param ticks where values are written
 */
public record Axis(String label, double from, double to, boolean logarithmic, List<Tick> ticks) {
  private static final int WANTED_TICKS = 5;

  /** A value with its text. */
  public record Tick(double at, String text) {}

  public Axis {
    ticks = List.copyOf(ticks);
    requireRoom(from, to, logarithmic);
  }

  /** Equal differences take equal room; ticks at round values. */
  public static Axis linear(String label, double from, double to) {
    requireRoom(from, to, false);
    double step = roundStep((to - from) / WANTED_TICKS);
    List<Tick> ticks = new ArrayList<>();
    // Counted in steps, so that no rounding adds up.
    for (long i = (long) Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++) {
      ticks.add(new Tick(i * step, text(i * step)));
    }
    return new Axis(label, from, to, false, ticks);
  }

  /** Equal ratios take equal room; ticks at powers of ten, and between them if there are few. */
  public static Axis logarithmic(String label, double from, double to) {
    requireRoom(from, to, true);
    int first = (int) Math.floor(Math.log10(from) + 1e-9);
    int last = (int) Math.ceil(Math.log10(to) - 1e-9);
    List<Integer> within = last - first <= 2 ? List.of(1, 2, 5) : List.of(1);
    List<Tick> ticks = new ArrayList<>();
    for (int decade = first; decade <= last; decade++) {
      for (int digit : within) {
        double at = Double.parseDouble(digit + "e" + decade);
        if (at >= from * (1 - 1e-9) && at <= to * (1 + 1e-9)) {
          ticks.add(new Tick(at, text(at)));
        }
      }
    }
    return new Axis(label, from, to, true, ticks);
  }

  /** Shares of so many, from below the least that can be seen to all; none lies at the edge. */
  public static Axis shareOf(String label, int count) {
    return logarithmic(label, Math.min(0.1, 0.5 / count), 1);
  }

  /** One place a name; the {@code i}-th lies at {@code i}. */
  public static Axis categories(String label, List<String> names) {
    List<Tick> ticks = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      ticks.add(new Tick(i, names.get(i)));
    }
    return new Axis(label, -0.5, Math.max(1, names.size()) - 0.5, false, ticks);
  }

  /** Where a value lies between the ends, in [0, 1]; one beyond an end lies at that end. */
  double share(double value) {
    double share =
        logarithmic
            ? Math.log(Math.max(value, from) / from) / Math.log(to / from)
            : (value - from) / (to - from);
    return Math.max(0, Math.min(1, share));
  }

  private static void requireRoom(double from, double to, boolean logarithmic) {
    if (!Double.isFinite(from)
        || !Double.isFinite(to)
        || from >= to
        || (logarithmic && from <= 0)) {
      throw new IllegalArgumentException("an axis from " + from + " to " + to);
    }
  }

  private static double roundStep(double atLeast) {
    double decade = Math.pow(10, Math.floor(Math.log10(atLeast)));
    for (int digit : new int[] {1, 2, 5}) {
      if (digit * decade >= atLeast * (1 - 1e-9)) {
        return digit * decade;
      }
    }
    return 10 * decade;
  }

  private static String text(double value) {
    double size = Math.abs(value);
    if (size != 0 && (size < 0.001 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.0e", value).replace("e-0", "e-").replace("e+0", "e");
    }
    return new BigDecimal(String.format(Locale.ROOT, "%.4f", value))
        .stripTrailingZeros()
        .toPlainString();
  }
}
