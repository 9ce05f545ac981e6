package org.sightline.edge.evaluate.attack;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PerspectiveTest {
  private static final double[] X = {10, 110, 90, 20};
  private static final double[] Y = {5, 15, 100, 80};
  private static final Offset<Double> EXACTLY = Offset.offset(1e-9);

  private final Perspective perspective = new Perspective(X, Y);

  @Test
  void everyCornerOfTheThingIsSeenAtItsPlace() {
    double[] across = {0, 1, 1, 0};
    double[] down = {0, 0, 1, 1};
    for (int corner = 0; corner < 4; corner++) {
      assertThat(perspective.across(X[corner], Y[corner])).isCloseTo(across[corner], EXACTLY);
      assertThat(perspective.down(X[corner], Y[corner])).isCloseTo(down[corner], EXACTLY);
    }
  }

  @Test
  void itsDiagonalsCrossInItsMiddle() {
    // Through (10, 5) and (90, 100), and through (110, 15) and (20, 80).
    double x = 10 + 80 * 148.0 / 275;
    double y = 5 + 95 * 148.0 / 275;

    assertThat(perspective.across(x, y)).isCloseTo(0.5, EXACTLY);
    assertThat(perspective.down(x, y)).isCloseTo(0.5, EXACTLY);
  }
}
