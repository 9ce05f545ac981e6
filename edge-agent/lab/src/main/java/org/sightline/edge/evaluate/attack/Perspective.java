package org.sightline.edge.evaluate.attack;

/**
 * Where points of a picture lie on a flat thing that is seen askew: the inverse of the map of the
 * unit square to four corners (Heckbert 1989).
 */
final class Perspective {
  private final double[] inverse;

  /**
   * @param x of the corners that (0,0), (1,0), (1,1) and (0,1) are seen at
   * @param y of the same
   */
  Perspective(double[] x, double[] y) {
    double sumX = x[0] - x[1] + x[2] - x[3];
    double sumY = y[0] - y[1] + y[2] - y[3];
    double dx1 = x[1] - x[2];
    double dx2 = x[3] - x[2];
    double dy1 = y[1] - y[2];
    double dy2 = y[3] - y[2];
    double area = dx1 * dy2 - dx2 * dy1;
    double g = (sumX * dy2 - dx2 * sumY) / area;
    double h = (dx1 * sumY - sumX * dy1) / area;
    double a = x[1] - x[0] + g * x[1];
    double b = x[3] - x[0] + h * x[3];
    double c = x[0];
    double d = y[1] - y[0] + g * y[1];
    double e = y[3] - y[0] + h * y[3];
    double f = y[0];
    inverse =
        new double[] {
          e - f * h, c * h - b, b * f - c * e,
          f * g - d, a - c * g, c * d - a * f,
          d * h - e * g, b * g - a * h, a * e - b * d
        };
  }

  /** Across the thing: 0 at its left edge, 1 at its right. */
  double across(double x, double y) {
    return (inverse[0] * x + inverse[1] * y + inverse[2]) / depth(x, y);
  }

  /** Down the thing: 0 at its top, 1 at its bottom. */
  double down(double x, double y) {
    return (inverse[3] * x + inverse[4] * y + inverse[5]) / depth(x, y);
  }

  private double depth(double x, double y) {
    return inverse[6] * x + inverse[7] * y + inverse[8];
  }
}
