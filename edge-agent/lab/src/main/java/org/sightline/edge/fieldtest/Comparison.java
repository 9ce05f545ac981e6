package org.sightline.edge.fieldtest;

import java.util.List;

/**
 * A report against an earlier one.
 *
 * @param compared whether there was an earlier one of this scenario to compare with
 * @param worse what got worse, a line each; a regression
 * @param different what else is different, a line each; never a regression
 */
public record Comparison(boolean compared, List<String> worse, List<String> different) {
  public Comparison {
    worse = List.copyOf(worse);
    different = List.copyOf(different);
  }

  static Comparison withNothing() {
    return new Comparison(false, List.of(), List.of("the baseline has no such scenario"));
  }
}
