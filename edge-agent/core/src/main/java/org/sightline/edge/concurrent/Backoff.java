package org.sightline.edge.concurrent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Pauses between attempts: from the shortest, doubling, up to the longest. Each is shortened by up
 * to a quarter at random, so that many who lost the same thing do not come back in step. Not
 * thread-safe.
 */
public final class Backoff {
  private final Duration shortest;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  public Backoff(Duration shortest, Duration longest, RandomGenerator random) {
    this.shortest = shortest;
    this.longest = longest;
    this.random = random;
    this.next = shortest;
  }

  /** The pause to make now; the one after it is longer. */
  public Duration next() {
    Duration pause = next;
    Duration doubled = next.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return Duration.ofMillis(Math.round(pause.toMillis() * random.nextDouble(0.75, 1)));
  }

  /** Starts again from the shortest, after a success. */
  public void reset() {
    next = shortest;
  }
}
