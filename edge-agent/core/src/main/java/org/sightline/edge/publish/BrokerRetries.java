package org.sightline.edge.publish;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import org.sightline.edge.concurrent.Backoff;

/** How long to pause between attempts to reach a broker: 0.5 s, doubling up to 4 s. */
public final class BrokerRetries {
  /** The longest pause. */
  public static final Duration LONGEST = Duration.ofSeconds(4);

  private static final Duration SHORTEST = Duration.ofMillis(500);

  private BrokerRetries() {}

  /** Pauses from the shortest on. */
  public static Backoff backoff() {
    return new Backoff(SHORTEST, LONGEST, ThreadLocalRandom.current());
  }
}
