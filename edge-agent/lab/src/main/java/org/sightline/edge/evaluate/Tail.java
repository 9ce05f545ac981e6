package org.sightline.edge.evaluate;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How a rate falls beyond a similarity that enough data reach: a generalised Pareto distribution of
 * the excesses (Pickands 1975; fitted by probability-weighted moments, Hosking and Wallis 1987).
 * The shape is never below 0, that of an exponential: a fitted end of the tail would claim that
 * nobody is more alike than the most alike who were measured.
 *
 * @param from similarity at which the tail begins
 * @param rate at which it is reached, in [0, 1]
 * @param scale of the excesses, above 0
 * @param shape below 0 for a tail with an end, at most {@value #MOST_SHAPE}
 */
record Tail(double from, double rate, double scale, double shape) {
  /**
   * More than was fitted to any part of the tail; bounds what few look-alikes do to the interval.
   */
  private static final double MOST_SHAPE = 0.1;

  /** Below it the two forms of the distribution are the same to rounding. */
  private static final double NO_SHAPE = 1e-6;

  /**
   * Fits.
   *
   * @param excesses over {@code from}, rising
   * @param weights of each; some above 0
   * @param rate that all weights together amount to
   */
  static Tail fit(double from, double rate, double[] excesses, double[] weights) {
    double total = Arrays.stream(weights).sum();
    double mean = 0;
    double weighted = 0;
    double below = 0;
    for (int i = 0; i < excesses.length; i++) {
      double above = 1 - (below + weights[i] / 2) / total;
      mean += weights[i] * excesses[i];
      weighted += weights[i] * excesses[i] * above;
      below += weights[i];
    }
    mean /= total;
    weighted /= total;
    double fitted = 2 - mean / (mean - 2 * weighted);
    // Of this shape, and the scale that keeps the mean, the tail ends at 1.
    double least = -mean / (1 - from - mean);
    double shape = Math.max(least, Math.min(fitted, MOST_SHAPE));
    return new Tail(from, rate, mean * (1 - shape), shape);
  }

  /** The rate at which a similarity from the beginning on is reached. */
  double rateAt(double similarity) {
    double excess = Math.max(0, similarity - from) / scale;
    return rate
        * (isExponential()
            ? Math.exp(-excess)
            : Math.pow(Math.max(0, 1 + shape * excess), -1 / shape));
  }

  /** The similarity that is reached at a rate of at most that of the beginning; may exceed 1. */
  double similarityAt(double wanted) {
    double fall = rate / wanted;
    return from + scale * (isExponential() ? Math.log(fall) : (Math.pow(fall, shape) - 1) / shape);
  }

  private boolean isExponential() {
    return Math.abs(shape) < NO_SHAPE;
  }

  /** Places of the values, smallest first. */
  static int[] rising(double[] values) {
    return IntStream.range(0, values.length)
        .boxed()
        .sorted((a, b) -> Double.compare(values[a], values[b]))
        .mapToInt(Integer::intValue)
        .toArray();
  }
}
