package org.sightline.edge.domain;

import java.util.List;

/**
 * How often templates of two different people reach a similarity, measured for one model pack.
 *
 * @param population whose pictures were compared: a threshold derived on one population says
 *     nothing about another
 * @param scoring how the similarities were reckoned
 * @param comparisons non-mated comparisons that were made
 * @param points by rising similarity and falling rate; ends where the data support no claim
 */
public record Calibration(
    String population, Scoring scoring, long comparisons, List<Point> points) {
  public Calibration {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      Point last = points.get(i - 1);
      Point next = points.get(i);
      if (next.similarity() <= last.similarity()
          || next.falseMatchRate() > last.falseMatchRate()
          || next.lower95() > last.lower95()
          || next.upper95() > last.upper95()) {
        throw new IllegalArgumentException(
            "calibration points rise in similarity and fall in rate");
      }
      if (next.measured() && !last.measured()) {
        throw new IllegalArgumentException("what is measured comes before what is extrapolated");
      }
    }
  }

  /**
   * One row of the table.
   *
   * @param similarity in [-1, 1]
   * @param falseMatchRate share of non-mated comparisons that reach it, in (0, 1]
   * @param lower95 lower end of the rate's 95 % confidence interval, in [0, falseMatchRate]
   * @param upper95 its upper end, in [falseMatchRate, 1]
   * @param measured false if too few comparisons reached it, so that the rate is extrapolated
   */
  public record Point(
      double similarity, double falseMatchRate, double lower95, double upper95, boolean measured) {
    public Point {
      if (!(falseMatchRate > 0 && falseMatchRate <= 1)) {
        throw new IllegalArgumentException("a rate lies in (0, 1]");
      }
      if (!(lower95 >= 0 && lower95 <= falseMatchRate)
          || !(upper95 >= falseMatchRate && upper95 <= 1)) {
        throw new IllegalArgumentException("a rate lies within its interval");
      }
    }
  }
}
