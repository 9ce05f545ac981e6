package org.sightline.edge.fieldtest.generate;

import java.util.SplittableRandom;

/** Seeded draws: the same seed gives the same sequence on every machine. Not thread-safe. */
final class Draw {
  private final SplittableRandom random;

  Draw(long seed) {
    random = new SplittableRandom(seed);
  }

  /** A generator of its own for the {@code index}-th thing made from {@code seed}. */
  static Draw of(long seed, long index) {
    return new Draw(seed(seed, index));
  }

  /** A seed for the {@code index}-th thing made from {@code seed}; well mixed. */
  static long seed(long seed, long index) {
    return new SplittableRandom(seed ^ (index * 0x9E3779B97F4A7C15L)).nextLong();
  }

  /** Uniform in [low, high). */
  float between(double low, double high) {
    return (float) (low + (high - low) * random.nextDouble());
  }

  /** Uniform in [0, bound). */
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  long next() {
    return random.nextLong();
  }
}
