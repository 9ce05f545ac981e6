package org.sightline.edge.record;

import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallCellsTest {
  @Test
  void countsOfFiveAndMoreAreShown() {
    assertThat(SmallCells.shown(List.of(5L, 12L, 7L))).containsExactly("5", "12", "7");
  }

  @Test
  void smallerOnesAndNoneAreNot() {
    assertThat(SmallCells.shown(List.of(4L, 0L, 12L))).containsExactly("<5", "<5", "12");
  }

  @Test
  void ofASingleSmallOneNothingIsShownAsTheSumWouldSayIt() {
    assertThat(SmallCells.shown(List.of(4L, 9L, 12L)))
        .containsExactly("withheld", "withheld", "withheld");
  }

  @Test
  void whereTheSumSaysThatAllSmallOnesAreZeroNothingIsShown() {
    assertThat(SmallCells.shown(List.of(0L, 0L, 6L, 12L))).containsOnly("withheld");
  }

  @Test
  void whereTheSumSaysThatAllSmallOnesAreFourNotEvenThatTheyAreSmallIsSaid() {
    assertThat(SmallCells.shown(List.of(4L, 4L))).containsExactly("withheld", "withheld");
  }

  /**
   * Somebody who knows the sum and this program tries all rows of counts, and keeps those that fit.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void noHiddenCountCanBeComputedFromWhatIsShownAndTheSum(int size) {
    Map<List<String>, List<Set<Long>>> possible = new HashMap<>();
    for (List<Long> row : rows(size)) {
      List<Set<Long>> each =
          possible.computeIfAbsent(
              knownOf(row),
              known -> row.stream().map(count -> new HashSet<Long>()).collect(toList()));
      for (int i = 0; i < size; i++) {
        each.get(i).add(row.get(i));
      }
    }
    possible.forEach(
        (known, counts) -> {
          for (int i = 0; i < size; i++) {
            if (!known.get(size).equals("0") && !Character.isDigit(known.get(i).charAt(0))) {
              assertThat(counts.get(i)).as("known: %s", known).hasSizeGreaterThan(1);
            }
          }
        });
  }

  private static List<String> knownOf(List<Long> row) {
    List<String> known = new ArrayList<>(SmallCells.shown(row));
    known.add(Long.toString(row.stream().mapToLong(Long::longValue).sum()));
    return known;
  }

  /** All rows of that size with a sum of 26 at most. */
  private static List<List<Long>> rows(int size) {
    List<List<Long>> rows = List.of(List.of());
    for (int i = 0; i < size; i++) {
      List<List<Long>> longer = new ArrayList<>();
      for (List<Long> row : rows) {
        long left = 26 - row.stream().mapToLong(Long::longValue).sum();
        for (long count = 0; count <= left; count++) {
          List<Long> next = new ArrayList<>(row);
          next.add(count);
          longer.add(next);
        }
      }
      rows = longer;
    }
    return rows;
  }
}
