package org.sightline.edge.fieldtest.generate;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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

  /** The same things in another order. */
  <T> List<T> shuffled(List<T> things) {
    List<T> shuffled = new ArrayList<>(things);
    for (int i = shuffled.size() - 1; i > 0; i--) {
      Collections.swap(shuffled, i, below(i + 1));
    }
    return shuffled;
  }

  long next() {
    return random.nextLong();
  }
}
