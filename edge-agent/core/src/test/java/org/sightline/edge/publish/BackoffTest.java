package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void pausesDoubleFromHalfASecondToFourSecondsGiveOrTakeAFifth() {
    long[] middleMillis = {500, 1000, 2000, 4000, 4000, 4000};
    for (int seed = 0; seed < 100; seed++) {
      Backoff backoff = new Backoff(new Random(seed));
      for (long millis : middleMillis) {
        assertThat(backoff.next().toMillis()).isBetween(millis * 8 / 10, millis * 12 / 10);
      }
    }
  }

  @Test
  void aSuccessStartsAnew() {
    Backoff backoff = new Backoff(new Random(1));
    Stream.generate(backoff::next).limit(10).forEach(pause -> {});

    backoff.reset();

    assertThat(backoff.next().toMillis()).isLessThanOrEqualTo(600);
  }

  @Test
  void manyClientsDoNotPauseAlike() {
    Random random = new Random(1);

    assertThat(Stream.generate(() -> new Backoff(random).next()).limit(50).distinct().count())
        .isGreaterThan(30);
  }
}
