package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/** The alerts that are about somebody who is taken off the list. */
@FunctionalInterface
public interface SubjectAlerts {
  /**
   * An alert that was raised.
   *
   * @param waited it had not been published, and is gone
   */
  record Withdrawn(UUID alert, boolean waited) {}

  /** Discards those that wait, and has the control room learn of all. */
  List<Withdrawn> withdraw(
      Transaction transaction, DeploymentId deployment, Set<SubjectRef> subjects, Instant now)
      throws StoreException;
}
