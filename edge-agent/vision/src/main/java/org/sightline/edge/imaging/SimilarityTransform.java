package org.sightline.edge.imaging;

import java.util.List;
import org.sightline.edge.domain.PointPx;

/**
 * A turn, a scale and a shift of the plane: {@code x' = a x - b y + dx}, {@code y' = b x + a y +
 * dy}.
 */
record SimilarityTransform(double a, double b, double dx, double dy) {

  /**
   * The transform that brings points nearest to others, by least squares over the target space
   * (Umeyama 1991, in two dimensions and without reflection).
   *
   * @throws IllegalArgumentException if the points are one point, or agree with no turn and scale
   */
  static SimilarityTransform fit(List<PointPx> from, List<PointPx> to) {
    double fromX = from.stream().mapToDouble(PointPx::x).average().orElseThrow();
    double fromY = from.stream().mapToDouble(PointPx::y).average().orElseThrow();
    double toX = to.stream().mapToDouble(PointPx::x).average().orElseThrow();
    double toY = to.stream().mapToDouble(PointPx::y).average().orElseThrow();
    double spread = 0;
    double dot = 0;
    double cross = 0;
    for (int i = 0; i < from.size(); i++) {
      double x = from.get(i).x() - fromX;
      double y = from.get(i).y() - fromY;
      double u = to.get(i).x() - toX;
      double v = to.get(i).y() - toY;
      spread += x * x + y * y;
      dot += x * u + y * v;
      cross += x * v - y * u;
    }
    double a = dot / spread;
    double b = cross / spread;
    if (!(Math.hypot(a, b) > 1e-9)) {
      throw new IllegalArgumentException("the points determine no similarity transform");
    }
    return new SimilarityTransform(
        a, b, toX - (a * fromX - b * fromY), toY - (b * fromX + a * fromY));
  }

  double scale() {
    return Math.hypot(a, b);
  }

  double x(double x, double y) {
    return a * x - b * y + dx;
  }

  double y(double x, double y) {
    return b * x + a * y + dy;
  }

  SimilarityTransform inverse() {
    double square = a * a + b * b;
    double inverseA = a / square;
    double inverseB = -b / square;
    return new SimilarityTransform(
        inverseA, inverseB, -(inverseA * dx - inverseB * dy), -(inverseB * dx + inverseA * dy));
  }

  /**
   * The same transform when its target is cut at a pixel and then shrunk: pixel centres, not
   * corners, are whole numbers.
   */
  SimilarityTransform intoShrunk(int left, int top, int factor) {
    return new SimilarityTransform(
        a / factor, b / factor, (dx - left + 0.5) / factor - 0.5, (dy - top + 0.5) / factor - 0.5);
  }
}
