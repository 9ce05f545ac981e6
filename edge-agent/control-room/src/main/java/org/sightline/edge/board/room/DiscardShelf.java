package org.sightline.edge.board.room;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/** Which deployments of which vans were refused, with the receipts of the vans. Thread-safe. */
final class DiscardShelf {
  private final Database database;
  private final Set<Discarded> all = ConcurrentHashMap.newKeySet();

  private record Discarded(VanId van, DeploymentId deployment) {}

  DiscardShelf(Database database) throws StoreException {
    this.database = database;
    all.addAll(
        database.query(
            "SELECT van, deployment FROM discarded_deployment",
            row ->
                new Discarded(
                    new VanId(row.text("van")), new DeploymentId(row.text("deployment")))));
  }

  /** Whether a deployment was refused, so that nothing of it is taken. */
  boolean holds(VanId van, DeploymentId deployment) {
    return all.contains(new Discarded(van, deployment));
  }

  /**
   * Deletes what is kept of a deployment, for good, and keeps the receipt; also the sheet for the
   * next shift, which speaks of its alerts.
   *
   * @param alerts of the deployment
   * @param receipt as the van has signed it
   */
  void discard(VanId van, DeploymentId deployment, Collection<UUID> alerts, byte[] receipt)
      throws StoreException {
    // Nothing more of it is taken, whatever the disk does.
    all.add(new Discarded(van, deployment));
    database.write(
        tx -> {
          for (UUID alert : alerts) {
            tx.update("DELETE FROM open_alert WHERE id = ?", alert);
            tx.update("DELETE FROM engaged_alert WHERE alert = ?", alert);
          }
          if (!alerts.isEmpty()) {
            tx.update("DELETE FROM hand_over");
          }
          return tx.update(
              "INSERT OR REPLACE INTO discarded_deployment (van, deployment, receipt)"
                  + " VALUES (?, ?, ?)",
              van.value(),
              deployment.value(),
              receipt);
        });
    database.scrub();
  }
}
