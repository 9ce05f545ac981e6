package org.sightline.edge.lens;

import java.time.Duration;

/**
 * What a camera saw while it was well, and what it has seen in the last seconds, without the people
 * who pass: both are means over time. Not thread-safe.
 */
final class Baseline {
  /** Time over which people who pass are averaged out. */
  private static final double RECENT_SECONDS = 1.5;

  /** Time over which the baseline follows the light of the day. */
  private static final double LEARNT_SECONDS = 120;

  /** What is seen at first is learnt whatever it is. */
  private static final double FIRST_SECONDS = 5;

  /** After this long without a look at the scene, what was recent is forgotten. */
  private static final Duration GAP = Duration.ofSeconds(2);

  private final float[] recent = new float[View.SQUARES];
  private final float[] learnt = new float[View.SQUARES];
  private double recentDetail;
  private double learntDetail;
  private double recentSeconds;
  private double learntSeconds;
  private long followedNanos = Long.MIN_VALUE / 2;
  private long learntNanos = Long.MIN_VALUE / 2;

  /** Takes a view among the recent ones. */
  void follow(View view, long atNanos) {
    double passed = (atNanos - followedNanos) / 1e9;
    followedNanos = atNanos;
    if (passed > GAP.toNanos() / 1e9) {
      recentSeconds = 0;
      passed = 1;
    }
    recentSeconds += passed;
    double weight = Math.min(1, passed / Math.min(recentSeconds, RECENT_SECONDS));
    mix(recent, view.squares, weight);
    recentDetail += weight * (view.detail() - recentDetail);
  }

  /**
   * Takes a view for what this camera sees while it is well: at first in any case, then only one
   * that is much as before, so that a fault is not learnt while it comes.
   */
  void learn(View view, long atNanos) {
    double passed = Math.min(1, (atNanos - learntNanos) / 1e9);
    if (learntSeconds > FIRST_SECONDS && !muchAsBefore(view)) {
      return;
    }
    learntNanos = atNanos;
    learntSeconds += passed;
    double weight = passed / Math.min(learntSeconds, LEARNT_SECONDS);
    mix(learnt, view.squares, weight);
    learntDetail += weight * (view.detail() - learntDetail);
  }

  /** At once, and not in the mean: what is learnt of a fault hides it. */
  private boolean muchAsBefore(View view) {
    return View.likeness(view.squares, learnt) >= LensLimits.LIKENESS.cleared()
        && view.detail() >= LensLimits.SHARPNESS.cleared() * learntDetail;
  }

  /** Starts from the next view. */
  void forget() {
    learntSeconds = 0;
    recentSeconds = 0;
  }

  /** Over how long it was learnt. */
  Duration learnt() {
    return Duration.ofMillis(Math.round(1000 * learntSeconds));
  }

  /** How alike the recent views are to the baseline, from -1 to 1; 1 while there is none. */
  double likeness() {
    return learntSeconds == 0 ? 1 : View.likeness(recent, learnt);
  }

  /** Fine detail of the recent views, as a share of that of the baseline; 1 while there is none. */
  double sharpness() {
    return learntSeconds == 0 || learntDetail == 0 ? 1 : recentDetail / learntDetail;
  }

  private static void mix(float[] mean, float[] values, double weight) {
    for (int square = 0; square < mean.length; square++) {
      mean[square] += (float) (weight * (values[square] - mean[square]));
    }
  }
}
