package org.sightline.edge.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Calibration.Point;
import org.sightline.edge.evaluate.FalseMatchTable.Row;

class FalseMatchTableTest {
  private static final int PEOPLE = 200;

  /** Every two people once; the similarity is such that a share of e^-10s reaches s. */
  private static FalseMatchTable exponential() {
    Random random = new Random(3);
    FalseMatchTable table = new FalseMatchTable(PEOPLE);
    for (int a = 0; a < PEOPLE; a++) {
      for (int b = a + 1; b < PEOPLE; b++) {
        table.add(a, b, 1, Math.min(0.999, -Math.log(1 - random.nextDouble()) / 10));
      }
    }
    return table;
  }

  private final List<Row> rows = exponential().rows();

  private static double truth(Point point) {
    return Math.exp(-10 * point.similarity());
  }

  @Test
  void theTrueRateLiesInTheIntervalOfEachMeasuredPoint() {
    assertThat(rows)
        .extracting(Row::point)
        .filteredOn(Point::measured)
        .isNotEmpty()
        .allSatisfy(point -> assertThat(truth(point)).isBetween(point.lower95(), point.upper95()));
  }

  @Test
  void aMeasuredPointRestsOnTenPairsOfPeopleAtLeast() {
    assertThat(rows)
        .filteredOn(row -> row.point().measured())
        .isNotEmpty()
        .allSatisfy(row -> assertThat(row.pairsOfSubjects()).isGreaterThanOrEqualTo(10));
  }

  @Test
  void beyondTheMeasuredPointsTheTailIsFollowedDownToOneInABillion() {
    List<Point> points = rows.stream().map(Row::point).toList();
    Point last = points.get(points.size() - 1);
    assertThat(last.measured()).isFalse();
    // Whose similarity would be beyond 1 is left out.
    assertThat(last.similarity()).isBetween(0.9, 1.0);
  }

  @Test
  void theTrueRateLiesInTheIntervalOfEachModelledPoint() {
    assertThat(rows)
        .extracting(Row::point)
        .filteredOn(point -> !point.measured())
        .isNotEmpty()
        .allSatisfy(point -> assertThat(truth(point)).isBetween(point.lower95(), point.upper95()));
  }

  @Test
  void theFurtherItIsExtrapolatedTheLessIsCertain() {
    List<Point> points = rows.stream().map(Row::point).filter(point -> !point.measured()).toList();
    for (int i = 1; i < points.size(); i++) {
      assertThat(points.get(i).upper95() / points.get(i).falseMatchRate())
          .isGreaterThanOrEqualTo(
              points.get(i - 1).upper95() / points.get(i - 1).falseMatchRate() * 0.99);
    }
  }

  @Test
  void aPersonWhoResemblesEverybodyMakesTheIntervalWider() {
    FalseMatchTable spread = new FalseMatchTable(PEOPLE);
    FalseMatchTable hub = new FalseMatchTable(PEOPLE);
    int alike = PEOPLE - 1;
    int count = 0;
    for (int a = 0; a < PEOPLE; a++) {
      for (int b = a + 1; b < PEOPLE; b++) {
        spread.add(a, b, 1, count++ % (PEOPLE / 2) == 0 && count <= alike * PEOPLE / 2 ? 0.5 : 0.1);
        hub.add(a, b, 1, a == 0 ? 0.5 : 0.1);
      }
    }
    assertThat(upperOverRate(hub)).isGreaterThan(1.3 * upperOverRate(spread));
  }

  private static double upperOverRate(FalseMatchTable table) {
    Point point = table.rows().get(0).point();
    return point.upper95() / point.falseMatchRate();
  }

  @Test
  void theSameComparisonsGiveTheSameTable() {
    assertThat(exponential().rows()).isEqualTo(rows);
  }
}
