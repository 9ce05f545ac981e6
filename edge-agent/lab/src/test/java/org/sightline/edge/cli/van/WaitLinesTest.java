package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;
import org.sightline.edge.record.WaitFigures;
import org.sightline.edge.record.WaitFigures.Times;

class WaitLinesTest {
  private static final Times NONE = new Times(0, null, null);

  private static WaitFigures figures(long notPlausible) {
    return new WaitFigures(
        new Times(42, 0.2, 1.5), new Times(4, null, null), NONE, NONE, NONE, notPlausible);
  }

  @Test
  void eachSaysOfHowManyAlertsAndOfFewNoTimes() {
    assertThat(WaitLines.of(figures(0)))
        .contains(
            entry("Published", "median 0.2 s, 95 of 100 within 1.5 s, of 42 alerts"),
            entry("Seen", "of 4 alerts; times are not published of so few"),
            entry("Claimed", "of 0 alerts"))
        .doesNotContainKey("");
  }

  @Test
  void whatCannotBeIsSaid() {
    assertThat(WaitLines.of(figures(3)))
        .containsEntry("", "3 waits stated by boards cannot be and do not count");
  }
}
