package org.sightline.edge.domain;

import java.util.List;

/**
 * How often templates of two different people reach a similarity, measured for one model pack.
 *
 * @param population whose pictures were compared: a threshold derived on one population says
 *     nothing about another
 * @param comparisons non-mated comparisons that were made
 * @param points by rising similarity and falling rate
 */
public record Calibration(String population, long comparisons, List<Point> points) {
  public Calibration {
    points = List.copyOf(points);
    for (int i = 1; i < points.size(); i++) {
      if (points.get(i).similarity() <= points.get(i - 1).similarity()
          || points.get(i).falseMatchRate() > points.get(i - 1).falseMatchRate()) {
        throw new IllegalArgumentException(
            "calibration points rise in similarity and fall in rate");
      }
    }
  }

  /**
   * One row of the table.
   *
   * @param similarity cosine
   * @param falseMatchRate share of non-mated comparisons that reached it, in (0, 1]
   */
  public record Point(double similarity, double falseMatchRate) {
    public Point {
      if (!(falseMatchRate > 0 && falseMatchRate <= 1)) {
        throw new IllegalArgumentException("a rate lies in (0, 1]");
      }
    }
  }
}
