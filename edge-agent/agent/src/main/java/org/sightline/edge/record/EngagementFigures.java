package org.sightline.edge.record;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Engagement.Action;
import org.sightline.edge.domain.Engagement.Attempt;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * What became of the alerts of a deployment in the street, in numbers alone.
 *
 * @param confirmed who those stopped were found to be
 * @param medianMinutesStopped null where fewer than {@value SmallCells#SMALLEST} were stopped: a
 *     single one's minutes are not published
 * @param corrections how many statements correct an earlier one; the last counts
 * @param groups of those stopped, by who they were found to be, as officers stated it: counts, or
 *     what stands for a small one; none while the deployment is open, as what changes between two
 *     readings would be a person, and none where the authorisation names no group
 */
public record EngagementFigures(
    Attempts engagements,
    Confirmed confirmed,
    Actions actions,
    @Nullable Integer medianMinutesStopped,
    long corrections,
    Map<String, Map<String, String>> groups) {
  /** Of whom no group was stated. */
  static final String NOT_STATED = "not-stated";

  /** How many alerts had somebody stopped. */
  public record Attempts(long stopped, long lost, long notAttempted) {}

  /**
   * Of those stopped.
   *
   * @param correct the listed subject ("true")
   * @param wrong somebody else ("false")
   * @param unresolved could not be found out
   */
  public record Confirmed(long correct, long wrong, long unresolved) {}

  /** What was done with those stopped. */
  public record Actions(long arrested, long noAction, long other) {}

  /** Null if nothing was stated. */
  static @Nullable EngagementFigures read(
      Transaction transaction, DeploymentId deployment, boolean open) throws StoreException {
    EngagementCounts counts = new EngagementCounts(transaction, deployment);
    Map<String, Long> attempts = counts.of(EngagementCounts.ATTEMPT);
    if (attempts.isEmpty()) {
      return null;
    }
    Map<String, Long> results = counts.of(EngagementCounts.RESULT);
    Map<String, Long> actions = counts.of(EngagementCounts.ACTION);
    return new EngagementFigures(
        new Attempts(
            number(attempts, Attempt.STOPPED.word()),
            number(attempts, Attempt.LOST.word()),
            number(attempts, Attempt.NOT_ATTEMPTED.word())),
        new Confirmed(
            number(results, Outcome.TRUE.word()),
            number(results, Outcome.FALSE.word()),
            number(results, Outcome.UNRESOLVED.word())),
        new Actions(
            number(actions, Action.ARRESTED.word()),
            number(actions, Action.NO_ACTION.word()),
            number(actions, Action.OTHER.word())),
        median(counts.of(EngagementCounts.MINUTES)),
        counts.corrections(),
        open ? Map.of() : groups(counts, results));
  }

  private static long number(Map<String, Long> counts, String code) {
    return counts.getOrDefault(code, 0L);
  }

  /** The lower one of the two in the middle. */
  private static @Nullable Integer median(Map<String, Long> stopsByMinutes) {
    List<Integer> minutes = new ArrayList<>();
    stopsByMinutes.forEach(
        (each, stops) -> {
          for (long i = 0; i < stops; i++) {
            minutes.add(Integer.valueOf(each));
          }
        });
    minutes.sort(null);
    return minutes.size() < SmallCells.SMALLEST ? null : minutes.get((minutes.size() - 1) / 2);
  }

  private static Map<String, Map<String, String>> groups(
      EngagementCounts counts, Map<String, Long> results) throws StoreException {
    List<String> codes = counts.groups();
    Map<String, Map<String, String>> groups = new LinkedHashMap<>();
    if (codes.isEmpty()) {
      return groups;
    }
    for (Outcome result : Outcome.values()) {
      Map<String, Long> stated = counts.of(EngagementCounts.groups(result));
      List<Long> cells = new ArrayList<>();
      codes.forEach(code -> cells.add(number(stated, code)));
      long all = cells.stream().mapToLong(Long::longValue).sum();
      cells.add(number(results, result.word()) - all);
      List<String> shown = SmallCells.shown(cells);
      Map<String, String> row = new LinkedHashMap<>();
      for (int i = 0; i < codes.size(); i++) {
        row.put(codes.get(i), shown.get(i));
      }
      row.put(NOT_STATED, shown.get(codes.size()));
      groups.put(result.word(), row);
    }
    return groups;
  }
}
