package org.sightline.edge.record;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * How often what was stated became of alerts of a deployment: each alert once, as it was stated
 * last. Numbers alone, which stay when the alerts go.
 */
final class EngagementCounts {
  static final String ATTEMPT = "attempt";
  static final String RESULT = "result";
  static final String ACTION = "action";

  /** How many stops took so many minutes. */
  static final String MINUTES = "minutes";

  private static final String GROUP = "group-";
  private static final String CORRECTIONS = "corrections";
  private static final String ALL = "all";

  private final Transaction transaction;
  private final DeploymentId deployment;

  EngagementCounts(Transaction transaction, DeploymentId deployment) {
    this.transaction = transaction;
    this.deployment = deployment;
  }

  /** Under what the groups of people are counted who were stopped, with this result. */
  static String groups(Outcome result) {
    return GROUP + result.word();
  }

  /**
   * Counts a statement, or takes its count back.
   *
   * @param group null if none is stated
   * @param by 1 or -1
   */
  void add(Engagement found, @Nullable String group, int by) throws StoreException {
    add(ATTEMPT, found.attempt().word(), by);
    Engagement.Stop stop = found.stop();
    if (stop != null) {
      add(RESULT, found.result().word(), by);
      add(ACTION, stop.action().word(), by);
      add(MINUTES, Integer.toString(stop.minutes()), by);
    }
    if (group != null) {
      add(groups(found.result()), group, by);
    }
  }

  void corrected() throws StoreException {
    add(CORRECTIONS, ALL, 1);
  }

  private void add(String what, String code, int by) throws StoreException {
    transaction.update(
        "INSERT OR IGNORE INTO engagement_count (deployment, what, code, value) VALUES (?, ?, ?, 0)",
        deployment.value(),
        what,
        code);
    transaction.update(
        """
        UPDATE engagement_count SET value = value + ?
        WHERE deployment = ? AND what = ? AND code = ?
        """,
        by,
        deployment.value(),
        what,
        code);
  }

  long corrections() throws StoreException {
    return of(CORRECTIONS).getOrDefault(ALL, 0L);
  }

  /** What was counted, by its code. */
  Map<String, Long> of(String what) throws StoreException {
    Map<String, Long> counts = new TreeMap<>();
    transaction
        .query(
            "SELECT code, value FROM engagement_count WHERE deployment = ? AND what = ?",
            row -> Map.entry(row.text("code"), row.integer("value")),
            deployment.value(),
            what)
        .forEach(count -> counts.put(count.getKey(), count.getValue()));
    return counts;
  }

  /** The groups that may be stated. */
  List<String> groups() throws StoreException {
    return transaction.query(
        "SELECT code FROM engagement_group WHERE deployment = ? ORDER BY code",
        row -> row.text("code"),
        deployment.value());
  }
}
