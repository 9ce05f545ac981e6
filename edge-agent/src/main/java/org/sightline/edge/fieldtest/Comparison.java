package org.sightline.edge.fieldtest;

import java.util.List;

/**
 * A report against an earlier one.
 *
 * @param worse what got worse, a line each; a regression
 * @param told what else is different, a line each; never a regression
 */
public record Comparison(List<String> worse, List<String> told) {
  public Comparison {
    worse = List.copyOf(worse);
    told = List.copyOf(told);
  }
}
