package org.sightline.edge.domain;

import java.util.Locale;

/**
 * How much the people on a list resemble each other in general: one figure for the whole list,
 * which says nothing about any of them.
 *
 * @param mean nearness of the entries, in [-1, 1]
 * @param usual the same of the lists that the threshold was measured on, in [-1, 1]
 */
public record ListNearness(double mean, double usual) {
  /** How far a list may lie above those that were measured. */
  private static final double USUALLY_ABOVE = 0.035;

  /** Whether the entries resemble each other more than those of the lists that were measured. */
  public boolean isUnusual() {
    return mean > usual + USUALLY_ABOVE;
  }

  /** What to expect of an unusual list, as a clause with both figures. */
  public String warning() {
    return String.format(
        Locale.ROOT,
        "the people on this list resemble each other more than those that the threshold was measured"
            + " on (mean nearness %.3f, usually %.3f): expect more false alerts among people who"
            + " resemble them",
        mean,
        usual);
  }
}
