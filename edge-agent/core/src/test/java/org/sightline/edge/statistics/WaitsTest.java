package org.sightline.edge.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WaitsTest {
  private static Waits seconds(int... waits) {
    return Waits.of(IntStream.of(waits).mapToObj(Duration::ofSeconds).toList());
  }

  @Test
  void ofNothingNothingIsSaid() {
    assertThat(Waits.of(List.of())).isEqualTo(new Waits(0, null, null));
  }

  @Test
  void ofFewerThanTwentyTheLongestStandsForNinetyFiveInAHundred() {
    assertThat(seconds(9, 1, 4, 2))
        .isEqualTo(new Waits(4, Duration.ofSeconds(2), Duration.ofSeconds(9)));
  }

  @Test
  void ofAHundredFiveMayWaitLonger() {
    assertThat(seconds(IntStream.rangeClosed(1, 100).toArray()))
        .isEqualTo(new Waits(100, Duration.ofSeconds(50), Duration.ofSeconds(95)));
  }
}
