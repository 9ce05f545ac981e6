package org.sightline.edge.board.room;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  /** Those whose receipts are not on disk yet. */
  private final Map<Discarded, byte[]> waiting = new ConcurrentHashMap<>();

  /** One of a van. */
  record Discarded(VanId van, DeploymentId deployment) {}

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

  /** Nothing of a deployment is taken any more, whatever the disk does. */
  void refused(VanId van, DeploymentId deployment, byte[] receipt) {
    Discarded discarded = new Discarded(van, deployment);
    if (all.add(discarded)) {
      waiting.put(discarded, receipt);
    }
  }

  /** Those of which the disk still has all. */
  List<Discarded> waiting() {
    return List.copyOf(waiting.keySet());
  }

  /** The receipt of one of them, as the van has signed it. */
  byte[] receipt(Discarded discarded) {
    return Objects.requireNonNull(waiting.get(discarded));
  }

  /**
   * Deletes what is kept of a deployment that was refused, and keeps the receipt; also the sheet
   * for the next shift, which may speak of its alerts.
   *
   * @param alerts of the deployment
   */
  void discard(Discarded discarded, Collection<UUID> alerts) throws StoreException {
    byte[] receipt = receipt(discarded);
    database.write(
        tx -> {
          for (UUID alert : alerts) {
            tx.update("DELETE FROM open_alert WHERE id = ?", alert);
            tx.update("DELETE FROM engaged_alert WHERE alert = ?", alert);
          }
          tx.update("DELETE FROM hand_over");
          return tx.update(
              "INSERT OR REPLACE INTO discarded_deployment (van, deployment, receipt)"
                  + " VALUES (?, ?, ?)",
              discarded.van().value(),
              discarded.deployment().value(),
              receipt);
        });
    waiting.remove(discarded);
  }
}
