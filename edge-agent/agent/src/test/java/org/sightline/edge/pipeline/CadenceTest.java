package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.junit.jupiter.api.Test;

class CadenceTest {
  private static final int FRAMES = 300;

  @Test
  void aCameraOfFifteenFramesASecondIsSearchedInEach() {
    assertThat(searched(i -> i / 15.0)).hasSize(FRAMES);
  }

  @Test
  void soItIsThoughItsFramesComeUnevenly() {
    assertThat(searched(i -> i / 15.0 + (i % 3) * 0.009)).hasSize(FRAMES);
  }

  @Test
  void ofTwentyFiveFramesASecondEverySecondIsSearched() {
    assertThat(searched(i -> i / 25.0)).hasSize(FRAMES / 2).allMatch(i -> i % 2 == 0);
  }

  @Test
  void ofThirtyFramesASecondEverySecondIsSearched() {
    assertThat(searched(i -> i / 30.0)).hasSize(FRAMES / 2).allMatch(i -> i % 2 == 0);
  }

  @Test
  void ofTwentyFramesASecondNoTwoInARowArePassedOver() {
    List<Integer> searched = searched(i -> i / 20.0);
    assertThat(searched).hasSizeLessThan(FRAMES);
    for (int i = 1; i < searched.size(); i++) {
      assertThat(searched.get(i) - searched.get(i - 1)).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void afterAnInterruptionFramesAreNotMadeUpFor() {
    Cadence cadence = Cadence.ofSearches();
    assertThat(cadence.isDue(Duration.ZERO)).isTrue();
    assertThat(cadence.isDue(Duration.ofSeconds(10))).isTrue();
    assertThat(cadence.isDue(Duration.ofMillis(10_040))).isFalse();
  }

  @Test
  void ofTwelveAndAHalfSearchesASecondEverySecondIsFull() {
    assertThat(due(Cadence.ofFullSearches(), i -> i / 12.5))
        .hasSize(FRAMES / 2)
        .allMatch(i -> i % 2 == 0);
  }

  @Test
  void aCameraOfSixFramesASecondIsSearchedInFullInEach() {
    assertThat(due(Cadence.ofFullSearches(), i -> i / 6.0)).hasSize(FRAMES);
  }

  private static List<Integer> searched(IntToDoubleFunction seconds) {
    return due(Cadence.ofSearches(), seconds);
  }

  private static List<Integer> due(Cadence cadence, IntToDoubleFunction seconds) {
    List<Integer> searched = new ArrayList<>();
    for (int i = 0; i < FRAMES; i++) {
      if (cadence.isDue(Duration.ofNanos((long) (seconds.applyAsDouble(i) * 1e9)))) {
        searched.add(i);
      }
    }
    return searched;
  }
}
