package org.sightline.edge.match;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Calibration.Found;
import org.sightline.edge.domain.Calibration.Point;
import org.sightline.edge.domain.PassFactor;
import org.sightline.edge.domain.Similarity;

/**
 * A similarity with what a calibration says of it. Somebody who walks by and is not listed is
 * compared with every entry of the list as views come in, so that on a list of N they are reached
 * by mistake at N times the false match rate times what a pass amounts to in comparisons, as long
 * as that is small.
 *
 * @param similarity at which a pass becomes an alert, or that a pass reached
 * @param expectedFalseAlertsPerThousandFaces of people who walk by and are not listed, at the
 *     list's length; NaN without a calibration, as the next two
 * @param lower95 lower end of the expectation's 95 % confidence interval
 * @param upper95 its upper end
 * @param extrapolated whether so low a rate was not measured but follows from the tail of what was
 * @param found share of mated comparisons, one picture with another, that reach it; NaN if that was
 *     not measured
 */
public record Threshold(
    Similarity similarity,
    double expectedFalseAlertsPerThousandFaces,
    double lower95,
    double upper95,
    boolean extrapolated,
    double found) {

  /** Decades below the lowest measured rate within which the expectation alone is relied on. */
  private static final double TRUSTED_DECADES = 1;

  /** Decades over which the upper limit takes its place. */
  private static final double FADING_DECADES = 1;

  /** The calibration cannot support the authorised rate at this list size. */
  public static final class UnsupportedRateException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedRateException(String message) {
      super(message);
    }
  }

  /**
   * Derives the lowest threshold at which no more false alerts are expected than authorised. Within
   * a decade of what was measured that is the expectation; two decades beyond it is the upper limit
   * of its interval, and in between the one passes over into the other. Between the calibrated
   * points log(rate) is taken as linear in similarity.
   *
   * @param calibration of the model pack
   * @param galleryEntries subjects on the list, at least 1
   * @param falseAlertsPerThousandFaces authorised, above 0, of people who walk by
   * @param floor the authorisation's threshold floor
   * @throws UnsupportedRateException if the calibration rests on too little for such a claim
   */
  public static Threshold derive(
      Calibration calibration,
      int galleryEntries,
      double falseAlertsPerThousandFaces,
      Similarity floor)
      throws UnsupportedRateException {
    List<Point> points = calibration.points();
    if (points.size() < 2) {
      throw new UnsupportedRateException("the model pack has no calibration to derive it from");
    }
    double chances = galleryEntries * calibration.passFactor().factor();
    double wanted = falseAlertsPerThousandFaces / 1000 / chances;
    double lowest = points.get(points.size() - 1).falseMatchRate();
    if (wanted < lowest) {
      throw new UnsupportedRateException(
          "%.2g false alerts per 1,000 faces on a list of %d needs a false match rate of %.1g; the calibration on %s supports %.1g"
              .formatted(
                  falseAlertsPerThousandFaces,
                  galleryEntries,
                  wanted,
                  calibration.population(),
                  lowest));
    }
    double caution = (decadesBeyondMeasured(points, wanted) - TRUSTED_DECADES) / FADING_DECADES;
    double expected = similarityAt(points, wanted, Point::falseMatchRate);
    double derived = expected;
    if (caution > 0) {
      double cautious =
          similarityAt(
              points,
              wanted * calibration.passFactor().factor() / calibration.passFactor().upper95(),
              Point::upper95);
      derived += Math.min(1, caution) * (cautious - expected);
    }
    Similarity threshold = Similarity.clamped(derived);
    return at(calibration, galleryEntries, threshold.reaches(floor) ? threshold : floor);
  }

  /** How far a rate lies below the lowest that was measured, in decades; at least 0. */
  private static double decadesBeyondMeasured(List<Point> points, double rate) {
    double measured =
        points.stream().filter(Point::measured).mapToDouble(Point::falseMatchRate).min().orElse(1);
    return Math.max(0, Math.log10(measured / rate));
  }

  /**
   * The highest threshold that any authorised rate could be derived to.
   *
   * @param calibration with at least two points
   */
  public static Similarity strictest(Calibration calibration) {
    List<Point> points = calibration.points();
    return Similarity.clamped(points.get(points.size() - 1).similarity());
  }

  /**
   * What the calibration says of any similarity. Beyond the ends of the table the rates of its ends
   * are given: above its last point they are upper limits.
   */
  public static Threshold at(Calibration calibration, int galleryEntries, Similarity similarity) {
    List<Point> points = calibration.points();
    if (points.size() < 2) {
      return new Threshold(similarity, Double.NaN, Double.NaN, Double.NaN, true, Double.NaN);
    }
    double cosine = similarity.cosine();
    PassFactor pass = calibration.passFactor();
    return new Threshold(
        similarity,
        perThousand(rateAt(points, cosine, Point::falseMatchRate), galleryEntries * pass.factor()),
        perThousand(rateAt(points, cosine, Point::lower95), galleryEntries * pass.lower95()),
        perThousand(rateAt(points, cosine, Point::upper95), galleryEntries * pass.upper95()),
        cosine > lastMeasured(points),
        foundAt(calibration.found(), cosine));
  }

  private static double perThousand(double rate, double chances) {
    return 1000 * Math.min(1, rate * chances);
  }

  private static double foundAt(List<Found> found, double similarity) {
    if (found.isEmpty()) {
      return Double.NaN;
    }
    Found below = found.get(0);
    for (Found each : found) {
      if (each.similarity() >= similarity) {
        double width = each.similarity() - below.similarity();
        double share = width > 0 ? (similarity - below.similarity()) / width : 0;
        return below.share() + Math.max(0, share) * (each.share() - below.share());
      }
      below = each;
    }
    return below.share();
  }

  private static double lastMeasured(List<Point> points) {
    return points.stream()
        .filter(Point::measured)
        .mapToDouble(Point::similarity)
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  /** Where a rate of the table is reached; its end if that is never. */
  private static double similarityAt(
      List<Point> points, double rate, ToDoubleFunction<Point> column) {
    if (rate >= column.applyAsDouble(points.get(0))) {
      return points.get(0).similarity();
    }
    int upper = 1;
    while (upper < points.size() && column.applyAsDouble(points.get(upper)) > rate) {
      upper++;
    }
    if (upper == points.size()) {
      return points.get(upper - 1).similarity();
    }
    Point start = points.get(upper - 1);
    Point end = points.get(upper);
    double share =
        Math.log(rate / column.applyAsDouble(start))
            / Math.log(column.applyAsDouble(end) / column.applyAsDouble(start));
    return start.similarity() + share * (end.similarity() - start.similarity());
  }

  private static double rateAt(
      List<Point> points, double similarity, ToDoubleFunction<Point> rate) {
    Point first = points.get(0);
    Point last = points.get(points.size() - 1);
    if (similarity <= first.similarity()) {
      return rate.applyAsDouble(first);
    }
    if (similarity >= last.similarity()) {
      return rate.applyAsDouble(last);
    }
    int upper = 1;
    while (points.get(upper).similarity() < similarity) {
      upper++;
    }
    Point start = points.get(upper - 1);
    Point end = points.get(upper);
    double share = (similarity - start.similarity()) / (end.similarity() - start.similarity());
    double from = rate.applyAsDouble(start);
    double to = rate.applyAsDouble(end);
    // A rate of zero has no logarithm: the interval's lower end may come to it.
    return to > 0 ? from * Math.pow(to / from, share) : from * (1 - share);
  }
}
