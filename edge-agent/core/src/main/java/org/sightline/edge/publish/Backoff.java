package org.sightline.edge.publish;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: 0.5 s, doubling up to 4 s, each multiplied by a random factor between
 * 0.8 and 1.2 so that many clients do not come back in step. Not thread-safe.
 */
public final class Backoff {
  /** The first pause, before the random factor. */
  public static final Duration SHORTEST = Duration.ofMillis(500);

  /** The longest pause, before the random factor. */
  public static final Duration LONGEST = Duration.ofSeconds(4);

  private final RandomGenerator random;
  private Duration next = SHORTEST;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The pause to make now; the one after it is longer. */
  public Duration next() {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return Duration.ofMillis(Math.round(pause.toMillis() * random.nextDouble(0.8, 1.2)));
  }

  /** Starts anew after a success. */
  public void reset() {
    next = SHORTEST;
  }
}
