package org.sightline.edge.deployment;

import java.util.Map;
import java.util.Optional;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The receipts of deployments that were refused, once all of each is gone. Thread-safe. */
public final class Discards {
  private static final Logger LOG = LoggerFactory.getLogger(Discards.class);

  private final Database database;
  private final DeploymentSite site;
  private final DeviceClock clock;
  private final AuditLog audit;
  private final LifeTable life;

  Discards(
      Database database, DeploymentSite site, DeviceClock clock, AuditLog audit, LifeTable life) {
    this.database = database;
    this.site = site;
    this.clock = clock;
    this.audit = audit;
    this.life = life;
  }

  /**
   * Signs the receipt of each refused deployment whose list is destroyed, once no copy of what came
   * of it is left in the data file either. What cannot be done yet is done the next time.
   *
   * @return whether there is nothing to try again before the list that is here is destroyed
   */
  public synchronized boolean finish() throws StoreException {
    boolean done = true;
    Optional<DeploymentId> here =
        database.read(life::holdingList).map(DeploymentStatus::deployment);
    for (RefusedTable.Refused refused : database.read(RefusedTable::withoutReceipt)) {
      if (here.equals(Optional.of(refused.deployment()))) {
        continue;
      }
      if (!database.scrub()) {
        LOG.warn(
            "What was discarded of deployment {} is still on the disk while another program reads"
                + " the data file",
            refused.deployment());
        done = false;
        continue;
      }
      database.write(tx -> sign(tx, refused));
      LOG.info("All of the refused deployment {} is discarded", refused.deployment());
    }
    return done;
  }

  private Sha256 sign(Transaction tx, RefusedTable.Refused refused) throws StoreException {
    DeploymentId deployment = refused.deployment();
    byte[] receipt =
        new DiscardReceipt(
                deployment,
                site.device().identity().fingerprint(),
                new DiscardReceipt.Refused(
                    life.of(tx, deployment).orElseThrow().authorisation(),
                    refused.refusal(),
                    refused.by(),
                    refused.at()),
                refused.counts(),
                clock.instant(),
                AuditLog.head(tx).toString())
            .sign(site.device())
            .bytes();
    RefusedTable.receipt(tx, deployment, receipt);
    audit.append(
        tx,
        AuditEvent.of(AuditKind.DEPLOYMENT_DISCARDED, Actor.AGENT)
            .with("deployment", deployment)
            .with("alerts", refused.counts().alerts())
            .with("receipt", Sha256.of(receipt)));
    return Sha256.of(receipt);
  }

  /** Whether a deployment was refused. */
  public boolean isRefused(DeploymentId deployment) throws StoreException {
    return database.read(tx -> RefusedTable.holds(tx, deployment));
  }

  /** The signed receipt of a refused deployment; empty if it is none, or not all of it is gone. */
  public Optional<byte[]> receipt(DeploymentId deployment) throws StoreException {
    return database.read(tx -> RefusedTable.receipt(tx, deployment));
  }

  /** The receipts that no broker has yet. */
  public static Map<DeploymentId, byte[]> unpublished(Database database) throws StoreException {
    return database.read(RefusedTable::unpublished);
  }

  /** The broker has the receipt of a deployment. */
  public static void published(Database database, DeploymentId deployment) throws StoreException {
    database.write(
        tx -> {
          RefusedTable.published(tx, deployment);
          return deployment;
        });
  }
}
