package org.sightline.edge.concurrent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private static Backoff backoff(Random random) {
    return new Backoff(Duration.ofMillis(500), Duration.ofSeconds(4), random);
  }

  @Test
  void pausesDoubleFromTheShortestToTheLongestLessAQuarterAtMost() {
    long[] wholeMillis = {500, 1000, 2000, 4000, 4000, 4000};
    for (int seed = 0; seed < 100; seed++) {
      Backoff backoff = backoff(new Random(seed));
      for (long millis : wholeMillis) {
        assertThat(backoff.next().toMillis()).isBetween(millis * 3 / 4, millis);
      }
    }
  }

  @Test
  void aSuccessStartsFromTheShortestAgain() {
    Backoff backoff = backoff(new Random(1));
    Stream.generate(backoff::next).limit(10).forEach(pause -> {});

    backoff.reset();

    assertThat(backoff.next().toMillis()).isLessThanOrEqualTo(500);
  }

  @Test
  void manyClientsDoNotPauseAlike() {
    Random random = new Random(1);

    assertThat(Stream.generate(() -> backoff(random).next()).limit(50).distinct().count())
        .isGreaterThan(30);
  }
}
