package org.sightline.edge.domain;

/**
 * What normalisation by the list rests on, measured for a model pack on lists of different people
 * and the same whatever list is searched: a list that set its own scale could raise everybody's
 * similarity by what its entries have in common.
 *
 * @param meanNearness of the entries of a list of different people, in [-1, 1]
 * @param lookAlikesFrom cosine from which two entries are taken for look-alikes, or for one person
 *     listed twice, who do not show how much somebody resembles the list in general
 * @param mostRaised by which a similarity may lie above the cosine at most; at least 0
 */
public record ListScale(double meanNearness, double lookAlikesFrom, double mostRaised) {
  public ListScale {
    if (!(meanNearness >= -1
        && meanNearness < lookAlikesFrom
        && lookAlikesFrom <= 1
        && mostRaised >= 0
        && mostRaised <= 1)) {
      throw new IllegalArgumentException(
          "a scale is a mean nearness below the cosine of look-alikes, and a bound in [0, 1]");
    }
  }

  /**
   * A list beside those that were measured.
   *
   * @param mean nearness of its entries
   */
  public ListNearness nearnessOf(double mean) {
    return new ListNearness(mean, meanNearness);
  }
}
