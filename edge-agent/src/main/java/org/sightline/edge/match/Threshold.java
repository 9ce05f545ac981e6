package org.sightline.edge.match;

import java.util.List;
import java.util.function.ToDoubleFunction;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.Calibration.Point;
import org.sightline.edge.domain.Similarity;

/**
 * A similarity with what a calibration says of it. A face that is not listed is compared with every
 * entry of the list, so that somebody on a list of N is reached by mistake at N times the false
 * match rate, as long as that is small.
 *
 * @param similarity at which a pass becomes an alert, or that a pass reached
 * @param expectedFalseAlertsPerThousandFaces of people who are not listed, at the list's length;
 *     NaN without a calibration, as the next two
 * @param lower95 lower end of the expectation's 95 % confidence interval
 * @param upper95 its upper end
 * @param extrapolated whether so low a rate was not measured but follows from the slope of the
 *     measured ones
 */
public record Threshold(
    Similarity similarity,
    double expectedFalseAlertsPerThousandFaces,
    double lower95,
    double upper95,
    boolean extrapolated) {

  /** The calibration cannot support the authorised rate at this list size. */
  public static final class UnsupportedRateException extends Exception {
    private static final long serialVersionUID = 1L;

    UnsupportedRateException(String message) {
      super(message);
    }
  }

  /**
   * Derives the lowest threshold at which no more false alerts are expected than authorised;
   * between the calibrated points log(rate) is taken as linear in similarity.
   *
   * @param calibration of the model pack
   * @param galleryEntries subjects on the list, at least 1
   * @param falseAlertsPerThousandFaces authorised, above 0
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
    double wanted = falseAlertsPerThousandFaces / 1000 / galleryEntries;
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
    Similarity derived = Similarity.clamped(similarityAt(points, wanted));
    return at(calibration, galleryEntries, derived.reaches(floor) ? derived : floor);
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
      return new Threshold(similarity, Double.NaN, Double.NaN, Double.NaN, true);
    }
    double cosine = similarity.cosine();
    return new Threshold(
        similarity,
        perThousand(rateAt(points, cosine, Point::falseMatchRate), galleryEntries),
        perThousand(rateAt(points, cosine, Point::lower95), galleryEntries),
        perThousand(rateAt(points, cosine, Point::upper95), galleryEntries),
        cosine > lastMeasured(points));
  }

  private static double perThousand(double rate, int galleryEntries) {
    return 1000 * Math.min(1, rate * galleryEntries);
  }

  private static double lastMeasured(List<Point> points) {
    return points.stream()
        .filter(Point::measured)
        .mapToDouble(Point::similarity)
        .max()
        .orElse(Double.NEGATIVE_INFINITY);
  }

  private static double similarityAt(List<Point> points, double rate) {
    if (rate >= points.get(0).falseMatchRate()) {
      return points.get(0).similarity();
    }
    int upper = 1;
    while (points.get(upper).falseMatchRate() > rate) {
      upper++;
    }
    Point start = points.get(upper - 1);
    Point end = points.get(upper);
    double share =
        Math.log(rate / start.falseMatchRate())
            / Math.log(end.falseMatchRate() / start.falseMatchRate());
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
