package org.sightline.edge.match;

import java.util.List;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Calibration.Point;
import org.sightline.edge.domain.Similarity;

/**
 * A threshold with what it promises.
 *
 * @param similarity at which a pass becomes an alert
 * @param expectedFalseAlertsPerThousandFaces at the list size it was derived for
 * @param extrapolated whether the rate lies beyond what the calibration measured
 */
public record Threshold(
    Similarity similarity, double expectedFalseAlertsPerThousandFaces, boolean extrapolated) {
  /** How far below the lowest measured rate the table's slope is followed, as a factor. */
  private static final double EXTRAPOLATION_LIMIT = 100;

  /** The calibration cannot support the authorised rate at this list size. */
  public static final class UnsupportedRateException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedRateException(String message) {
      super(message);
    }
  }

  /**
   * Derives the lowest threshold that keeps the authorised false-alert rate.
   *
   * <p>A face that is not listed is compared with every entry, so the rate of false alerts is about
   * the length of the list times the false match rate; log(rate) is taken as linear in similarity
   * between the calibrated points.
   *
   * @param calibration of the model pack
   * @param galleryEntries subjects on the list, at least 1
   * @param falseAlertsPerThousandFaces authorised, above 0
   * @param floor the authorisation's threshold floor
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
    double wanted = falseAlertsPerThousandFaces / 1000 / galleryEntries;
    double lowest = points.get(points.size() - 1).falseMatchRate();
    if (wanted < lowest / EXTRAPOLATION_LIMIT) {
      throw new UnsupportedRateException(
          "%.2g false alerts per 1,000 faces on a list of %d needs a false match rate of %.1g; the calibration on %s supports %.1g"
              .formatted(
                  falseAlertsPerThousandFaces,
                  galleryEntries,
                  wanted,
                  calibration.population(),
                  lowest / EXTRAPOLATION_LIMIT));
    }
    double derived = Math.min(1, similarityAt(points, wanted));
    Similarity threshold = Similarity.clamped(Math.max(derived, floor.cosine()));
    return at(calibration, galleryEntries, threshold);
  }

  /**
   * The highest threshold that any authorised rate could be derived to.
   *
   * @param calibration with at least two points
   */
  public static Similarity strictest(Calibration calibration) {
    List<Point> points = calibration.points();
    double lowest = points.get(points.size() - 1).falseMatchRate();
    return Similarity.clamped(similarityAt(points, lowest / EXTRAPOLATION_LIMIT));
  }

  /** A threshold set by hand, with what the calibration expects of it. */
  public static Threshold at(Calibration calibration, int galleryEntries, Similarity similarity) {
    List<Point> points = calibration.points();
    if (points.size() < 2) {
      return new Threshold(similarity, Double.NaN, true);
    }
    double rate = rateAt(points, similarity.cosine());
    return new Threshold(
        similarity,
        1000 * Math.min(1, rate * galleryEntries),
        rate < points.get(points.size() - 1).falseMatchRate() * 0.999);
  }

  private static double similarityAt(List<Point> points, double rate) {
    if (rate >= points.get(0).falseMatchRate()) {
      return points.get(0).similarity();
    }
    int upper = 1;
    while (upper < points.size() - 1 && points.get(upper).falseMatchRate() > rate) {
      upper++;
    }
    Point end = points.get(upper);
    return end.similarity()
        + (Math.log(rate) - Math.log(end.falseMatchRate()))
            / slope(points, upper, rate < end.falseMatchRate());
  }

  private static double rateAt(List<Point> points, double similarity) {
    if (similarity <= points.get(0).similarity()) {
      return points.get(0).falseMatchRate();
    }
    int upper = 1;
    while (upper < points.size() - 1 && points.get(upper).similarity() < similarity) {
      upper++;
    }
    Point end = points.get(upper);
    double slope = slope(points, upper, similarity > end.similarity());
    return Math.exp(Math.log(end.falseMatchRate()) + slope * (similarity - end.similarity()));
  }

  /**
   * The fall of log(rate) per unit of similarity on the way to a point. Beyond the table the whole
   * last decade is followed, because its last points rest on a handful of comparisons each.
   */
  private static double slope(List<Point> points, int upper, boolean beyond) {
    Point end = points.get(upper);
    double from = end.falseMatchRate() * (beyond ? 10 : 1.000001);
    int lower = upper - 1;
    while (lower > 0 && points.get(lower).falseMatchRate() < from) {
      lower--;
    }
    Point start = points.get(lower);
    return (Math.log(end.falseMatchRate()) - Math.log(start.falseMatchRate()))
        / (end.similarity() - start.similarity());
  }
}
