package org.sightline.edge.app;

import java.util.Map;
import java.util.function.Predicate;
import org.sightline.edge.deployment.Discards;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rulings that arrive as messages, until they are applied, and the receipts of deployments that
 * were refused. Thread-safe.
 */
final class RulingIntake extends GenuineDocuments {
  private static final Logger LOG = LoggerFactory.getLogger(RulingIntake.class);

  /** Of one deployment there are one or two; nobody honest sends more at once. */
  private static final int MOST_WAITING = 64;

  private final Database database;
  private final LineLimit lines = new LineLimit();

  /**
   * @param genuine whether a document is signed as it should be; it touches no disk
   * @param database that knows which receipts are to be published
   */
  RulingIntake(Predicate<byte[]> genuine, Database database) {
    super("ruling", MOST_WAITING, genuine);
    this.database = database;
  }

  /** That of a device. */
  static RulingIntake of(Device device) {
    return new RulingIntake(device.deployments()::isGenuineRuling, device.database());
  }

  /** The receipts that the broker has still to take. */
  Map<DeploymentId, byte[]> discards() {
    try {
      return Discards.unpublished(database);
    } catch (StoreException e) {
      lines
          .due("Cannot determine which deployments are discarded: " + e.getMessage())
          .ifPresent(LOG::error);
      return Map.of();
    }
  }

  /** The broker has a receipt; if that cannot be stored, it goes out again. */
  void discarded(DeploymentId deployment) {
    try {
      Discards.published(database, deployment);
      LOG.info("The receipt of the refused deployment {} is published", deployment);
    } catch (StoreException e) {
      lines
          .due("The receipt of a refused deployment goes out again: " + e.getMessage())
          .ifPresent(LOG::warn);
    }
  }
}
