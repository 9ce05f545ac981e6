package org.sightline.edge.walk;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.statistics.Proportion;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * How often control entries were recognised in a deployment: numbers alone.
 *
 * @param controlEntries of the list; they are among its entries
 * @param recognition of the walks that could be judged, misses included; in the order of the
 *     cameras' names and of the time
 * @param notJudged the others
 * @param open passes of walks that are not over yet
 * @param unannounced passes in which a control entry was recognised though no walk was announced
 */
public record WalkFigures(
    int controlEntries,
    List<Recognition> recognition,
    List<Unknown> notJudged,
    long open,
    long unannounced) {
  /**
   * The rate of one camera, with one list, pack, version, threshold and setting of the camera.
   *
   * @param list digest of the bundle that it came in
   * @param threshold a cosine; null of a walk that a version judged which did not keep it
   * @param trueRecognition passes recognised, of those walked
   */
  public record Recognition(
      String camera,
      String list,
      long listVersion,
      String modelPack,
      String software,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Double threshold,
      Proportion trueRecognition) {}

  /**
   * Passes of which it is not known whether they would have been recognised, and why.
   *
   * @param recognisedBefore of them, how many were before the walk was interrupted; null if that is
   *     not known
   */
  public record Unknown(
      String camera,
      String reason,
      long passes,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Long recognisedBefore) {}

  public WalkFigures {
    recognition = List.copyOf(recognition);
    notJudged = List.copyOf(notJudged);
  }

  /** Those of a deployment; null if its list has no control entries. */
  public static @Nullable WalkFigures read(Transaction tx, DeploymentId deployment)
      throws StoreException {
    Optional<long[]> list =
        tx.first(
            "SELECT entries, unannounced FROM control_list WHERE deployment = ?",
            row -> new long[] {row.integer("entries"), row.integer("unannounced")},
            deployment.value());
    if (list.isEmpty()) {
      return null;
    }
    long open =
        tx.first(
                """
                SELECT ifnull(sum(passes), 0) AS passes FROM walk
                WHERE deployment = ? AND judged_millis IS NULL
                """,
                row -> row.integer("passes"),
                deployment.value())
            .orElse(0L);
    return new WalkFigures(
        (int) list.get()[0],
        recognition(tx, deployment),
        notJudged(tx, deployment),
        open,
        list.get()[1]);
  }

  private static List<Recognition> recognition(Transaction tx, DeploymentId deployment)
      throws StoreException {
    return tx.query(
        """
        SELECT camera, list_digest, list_version, model_pack, software, threshold,
          sum(recognised) AS recognised, sum(passes) AS passes
        FROM walk WHERE deployment = ? AND recognised IS NOT NULL
        GROUP BY camera, list_digest, list_version, model_pack, software, threshold, camera_digest
        ORDER BY camera, min(judged_millis), min(sequence)
        """,
        row ->
            new Recognition(
                row.text("camera"),
                row.text("list_digest"),
                row.integer("list_version"),
                row.text("model_pack"),
                row.text("software"),
                row.realOrNull("threshold"),
                Proportion.of(row.integer("recognised"), row.integer("passes"))),
        deployment.value());
  }

  private static List<Unknown> notJudged(Transaction tx, DeploymentId deployment)
      throws StoreException {
    return tx.query(
        """
        SELECT camera, not_judged, sum(passes) AS passes,
          CASE WHEN count(recognised_before) = count(*) THEN sum(recognised_before) END AS before
        FROM walk WHERE deployment = ? AND not_judged IS NOT NULL
        GROUP BY camera, not_judged ORDER BY camera, not_judged
        """,
        row ->
            new Unknown(
                row.text("camera"),
                row.text("not_judged"),
                row.integer("passes"),
                row.integerOrNull("before")),
        deployment.value());
  }
}
