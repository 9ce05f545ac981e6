package org.sightline.edge.capture.ffmpeg;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The waits between attempts to reach a camera: none before the first, then 0.5 s, 1 s, 2 s, and 3
 * s from then on, so that frames flow again within 5 s of the camera's return; 30 s after a refusal
 * of the password or the certificate, because cameras lock an account that is tried too often. Each
 * is shortened by up to a quarter at random, so that the cameras of a van do not come all at once.
 */
final class Backoff {
  private static final Duration FIRST = Duration.ofMillis(500);
  private static final Duration LONGEST = Duration.ofSeconds(3);
  private static final Duration REFUSED = Duration.ofSeconds(30);

  private long waitNanos;

  /** How long to wait now; the next wait is longer. */
  long nextWaitNanos() {
    long now = waitNanos;
    waitNanos = now == 0 ? FIRST.toNanos() : Math.min(2 * now, LONGEST.toNanos());
    return now == 0 ? 0 : now - ThreadLocalRandom.current().nextLong(now / 4);
  }

  /** The next wait is the long one. */
  void refused() {
    waitNanos = REFUSED.toNanos();
  }

  /** Frames flow: the next wait is the first again, and a short one. */
  void reset() {
    waitNanos = FIRST.toNanos();
  }
}
