package org.sightline.edge.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class TailTest {
  private static final int SAMPLE = 20_000;

  private static Tail fitted(DoubleUnaryOperator quantile) {
    Random random = new Random(9);
    double[] excesses = random.doubles(SAMPLE).map(quantile).sorted().toArray();
    double[] weights = new double[SAMPLE];
    Arrays.fill(weights, 1);
    return Tail.fit(0.4, 1e-3, excesses, weights);
  }

  @Test
  void anExponentialTailIsFoundAgain() {
    Tail tail = fitted(u -> -0.03 * Math.log(1 - u));
    assertThat(tail.rateAt(0.4 + 0.03 * Math.log(1000))).isCloseTo(1e-6, within(4e-7));
  }

  @Test
  void aHeavyTailIsFoundAgain() {
    // Generalised Pareto of shape 0.08 and scale 0.03.
    Tail tail = fitted(u -> 0.03 / 0.08 * (Math.pow(1 - u, -0.08) - 1));
    assertThat(tail.shape()).isCloseTo(0.08, within(0.02));
    assertThat(tail.scale()).isCloseTo(0.03, within(0.002));
  }

  @Test
  void aTailThatEndsIsTakenForOneThatEndsWhereEverybodyIsAlike() {
    Tail tail = fitted(u -> 0.1 * u);
    assertThat(tail.rateAt(0.99)).isPositive();
    assertThat(tail.rateAt(1)).isCloseTo(0, within(1e-12));
  }

  @Test
  void aSimilarityIsReachedAtTheRateThatItWasAskedFor() {
    Tail tail = new Tail(0.4, 1e-4, 0.03, 0.1);
    assertThat(tail.rateAt(tail.similarityAt(1e-7))).isCloseTo(1e-7, within(1e-12));
  }

  @Test
  void anExcessCountsAsOftenAsItWeighs() {
    Tail twice = Tail.fit(0, 1, new double[] {0.1, 0.1, 0.3}, new double[] {1, 1, 1});
    Tail weighed = Tail.fit(0, 1, new double[] {0.1, 0.3}, new double[] {2, 1});
    assertThat(weighed.rateAt(1)).isCloseTo(twice.rateAt(1), within(1e-9));
  }
}
