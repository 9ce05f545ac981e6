package org.sightline.edge.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How often templates of two different people reach a similarity, measured for one model pack.
 *
 * @param population whose pictures were compared: a threshold derived on one population says
 *     nothing about another
 * @param scoring how the similarities were computed
 * @param list of a normalisation by the list; null for plain cosines
 * @param pass what a whole pass amounts to in comparisons; null if that was not measured
 * @param comparisons non-mated comparisons that were made
 * @param points by rising similarity and falling rate; ends where the data support no claim
 * @param found by rising similarity and falling share: how many mated comparisons reach it; empty
 *     if that was not measured
 */
public record Calibration(
    String population,
    Scoring scoring,
    @Nullable ListScale list,
    @Nullable PassFactor pass,
    long comparisons,
    List<Point> points,
    List<Found> found) {
  public Calibration {
    points = List.copyOf(points);
    found = List.copyOf(found);
    if (!points.isEmpty() && (list != null) != (scoring == Scoring.LIST_NORMALISED)) {
      throw new IllegalArgumentException("a normalisation by the list has a scale, and no other");
    }
    for (int i = 1; i < found.size(); i++) {
      if (found.get(i).similarity() <= found.get(i - 1).similarity()
          || found.get(i).share() > found.get(i - 1).share()) {
        throw new IllegalArgumentException("fewer are found at a higher similarity");
      }
    }
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

  /** Where nothing was measured, so that no threshold can be derived. */
  public static Calibration none(Scoring scoring) {
    return new Calibration("nobody", scoring, null, null, 0, List.of(), List.of());
  }

  /** The same for single comparisons, not for passes. */
  public Calibration ofComparisons() {
    return new Calibration(population, scoring, list, null, comparisons, points, found);
  }

  /** What a pass amounts to: one comparison, if nothing is known of it. */
  public PassFactor passFactor() {
    return pass == null ? PassFactor.UNKNOWN : pass;
  }

  /**
   * Share of mated comparisons, one picture with another, that reach a similarity.
   *
   * @param similarity in [-1, 1]
   * @param share in [0, 1]
   */
  public record Found(double similarity, double share) {
    public Found {
      if (!(share >= 0 && share <= 1)) {
        throw new IllegalArgumentException("a share lies in [0, 1]");
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
