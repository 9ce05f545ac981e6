package org.sightline.edge.record;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.record.AlertWaits.Wait;
import org.sightline.edge.statistics.Waits;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * How long alerts of a deployment waited until something was done about them, each kind of the
 * alerts of which it is known. Nothing of who did it.
 *
 * @param published from the decision until the broker had the alert
 * @param seen from the sending until somebody in the control room looked, as boards state it
 * @param claimed from the sending until somebody in the control room claimed it, as boards state it
 * @param outcome from the decision until the van had the outcome
 * @param stopped from the decision until the van had the statement that somebody was stopped, where
 *     it was the first about the alert
 * @param notPlausible waits that boards stated which cannot be; they count in nothing else
 */
public record WaitFigures(
    Times published, Times seen, Times claimed, Times outcome, Times stopped, long notPlausible) {

  /**
   * One kind.
   *
   * @param alerts of which it is known
   * @param medianSeconds rounded up to a tenth; null of fewer than {@value SmallCells#SMALLEST}: a
   *     single alert's is not published
   * @param p95Seconds within which it was over for 95 of 100, of fewer than 20 the longest; null as
   *     above
   */
  public record Times(int alerts, @Nullable Double medianSeconds, @Nullable Double p95Seconds) {
    static Times of(Waits waits) {
      boolean few = waits.count() < SmallCells.SMALLEST;
      return new Times(
          waits.count(), few ? null : seconds(waits.median()), few ? null : seconds(waits.p95()));
    }

    private static @Nullable Double seconds(@Nullable Duration wait) {
      return wait == null ? null : wait.toMillis() / 1000.0;
    }
  }

  /** Null if nothing is known of any alert. */
  static @Nullable WaitFigures read(Transaction transaction, DeploymentId deployment)
      throws StoreException {
    WaitFigures figures =
        new WaitFigures(
            of(transaction, deployment, Wait.PUBLISHED),
            of(transaction, deployment, Wait.SEEN),
            of(transaction, deployment, Wait.CLAIMED),
            of(transaction, deployment, Wait.OUTCOME),
            of(transaction, deployment, Wait.STOPPED),
            AlertWaits.notPlausible(transaction, deployment));
    boolean any = figures.published.alerts + figures.outcome.alerts + figures.notPlausible > 0;
    return any ? figures : null;
  }

  private static Times of(Transaction transaction, DeploymentId deployment, Wait wait)
      throws StoreException {
    return Times.of(Waits.of(AlertWaits.read(transaction, deployment, wait)));
  }
}
