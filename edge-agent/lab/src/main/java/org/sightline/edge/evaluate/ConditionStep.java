package org.sightline.edge.evaluate;

import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.statistics.Proportion;

/**
 * What one step of a condition costs. A proportion is null if there is nothing it could be of.
 *
 * @param measured faces: those of listed people and of others that could be brought to the step
 * @param detected of all measured, those that were found
 * @param embedded of all measured, those that the agent would make a template of
 * @param tpir of the faces of listed people, those embedded whose nearest subject is the right one
 *     and reaches the threshold
 * @param fpir of the faces of other people, those embedded of which somebody listed reaches it
 * @param anyView what it would be if every face found were embedded
 */
public record ConditionStep(
    double value,
    int measured,
    @Nullable Proportion detected,
    @Nullable Proportion embedded,
    @Nullable Proportion tpir,
    @Nullable Proportion fpir,
    AnyView anyView) {

  /**
   * Without the selection of views.
   *
   * @param tpir of the faces of listed people, found or not
   * @param fpir of those faces of other people that were found
   * @param nonMatedSimilarity median of the same to their nearest subject
   */
  public record AnyView(
      @Nullable Proportion tpir, @Nullable Proportion fpir, @Nullable Double nonMatedSimilarity) {}

  /**
   * A search for one face.
   *
   * @param mated whether its person is listed
   * @param frontality of the undegraded face, in [0, 1]
   * @param detected whether the face was found
   * @param selected whether its view is worth an embedding
   * @param right whether the nearest subject is the right one
   * @param similarity to the nearest subject, selected or not; null if there is no template
   */
  record Search(
      boolean mated,
      double frontality,
      boolean detected,
      boolean selected,
      boolean right,
      @Nullable Double similarity) {
    private boolean alerts(double threshold) {
      return similarity != null && similarity >= threshold && (right || !mated);
    }
  }

  /** The figures for searches that were made. */
  static ConditionStep of(double value, List<Search> searches, double threshold) {
    List<Search> mated = searches.stream().filter(Search::mated).toList();
    List<Search> others = searches.stream().filter(search -> !search.mated()).toList();
    List<Search> othersFound =
        others.stream().filter(search -> search.similarity() != null).toList();
    Predicate<Search> alerts = search -> search.alerts(threshold);
    return new ConditionStep(
        value,
        searches.size(),
        share(searches, Search::detected),
        share(searches, Search::selected),
        share(mated, alerts.and(Search::selected)),
        share(others, alerts.and(Search::selected)),
        new AnyView(share(mated, alerts), share(othersFound, alerts), median(othersFound)));
  }

  private static @Nullable Proportion share(List<Search> searches, Predicate<Search> counted) {
    return searches.isEmpty()
        ? null
        : Proportion.of(searches.stream().filter(counted).count(), searches.size());
  }

  private static @Nullable Double median(List<Search> searches) {
    double[] rising =
        searches.stream()
            .map(Search::similarity)
            .filter(similarity -> similarity != null)
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    return rising.length == 0 ? null : Quantiles.of(rising, 0.5);
  }
}
