package org.sightline.edge.record;

import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.record.DeploymentRecord.Counter;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * What became of a deployment's alerts, as far as it is recorded; the agent records every few
 * seconds.
 */
public record AlertTally(long raised, long foundTrue, long foundFalse, long unresolved) {
  /** An outcome is counted before its alert may be. */
  public AlertTally {
    raised = Math.max(raised, foundTrue + foundFalse + unresolved);
  }

  /** Of a deployment; zeros if there is no record of it. */
  public static AlertTally of(Transaction transaction, DeploymentId deployment)
      throws StoreException {
    return new AlertTally(
        Counter.ALERTS.read(transaction, deployment),
        Counter.of(Outcome.TRUE).read(transaction, deployment),
        Counter.of(Outcome.FALSE).read(transaction, deployment),
        Counter.of(Outcome.UNRESOLVED).read(transaction, deployment));
  }

  /** Those without an outcome. */
  public long open() {
    return raised - foundTrue - foundFalse - unresolved;
  }
}
