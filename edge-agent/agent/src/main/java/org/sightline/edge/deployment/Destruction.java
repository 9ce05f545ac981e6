package org.sightline.edge.deployment;

import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.OptionalInt;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DeploymentState.Step;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.sightline.edge.walk.Walks;
import org.sightline.edge.watchlist.WatchlistStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the list of an ended deployment off the device: key, rows, bundle, and then the receipt.
 * Each step can be done again, so that one that was interrupted is finished by doing all of it.
 */
final class Destruction {
  private static final Logger LOG = LoggerFactory.getLogger(Destruction.class);

  private final Database database;
  private final DeploymentSite site;
  private final DeviceClock clock;
  private final AuditLog audit;
  private final WatchlistStore lists;
  private final LifeTable life;
  private final Ending ending;
  private final AlertCount alerts;
  private volatile boolean failed;

  Destruction(
      Database database,
      DeploymentSite site,
      DeviceClock clock,
      AuditLog audit,
      WatchlistStore lists,
      LifeTable life,
      Ending ending,
      AlertCount alerts) {
    this.database = database;
    this.site = site;
    this.clock = clock;
    this.audit = audit;
    this.lists = lists;
    this.life = life;
    this.ending = ending;
    this.alerts = alerts;
  }

  /**
   * Destroys the key of a list, and then its rows, whatever state the data file is in.
   *
   * @return whether they are gone; if not, there is an alarm
   */
  boolean ofKeyAndRows(DeploymentId deployment) throws StoreException {
    try {
      lists.files().destroy(deployment);
      return true;
    } catch (CryptoException e) {
      failed = true;
      LOG.error("The list of deployment {} is not destroyed: {}", deployment, e.getMessage());
      return false;
    }
  }

  /** Whether something could not be destroyed, and has not been since. */
  boolean hasFailed() {
    return failed;
  }

  /**
   * Destroys the list of a deployment that has ended.
   *
   * @throws DeploymentException if something is still there; then the deployment is in alarm
   */
  void of(DeploymentStatus status) throws StoreException, DeploymentException {
    DeploymentId deployment = status.deployment();
    try {
      lists.files().destroy(deployment);
      lists.files().destroyStrays();
      site.removeBundle(deployment);
      failed = false;
      database.write(tx -> destroyed(tx, status));
      LOG.info("The list of deployment {} is destroyed", deployment);
    } catch (CryptoException | IOException e) {
      failed = true;
      String cause =
          e instanceof SightlineException known ? known.what() : "a file cannot be removed";
      // It is in memory, too: a disk that cannot be written may be the very cause.
      ending.failed(database, status, clock.instant());
      LOG.error("The list of deployment {} is not destroyed: {}", deployment, cause);
      throw new DeploymentException(
          new DeploymentRefusal.NotDestroyed(deployment, cause),
          site.folders().data().toString(),
          e);
    }
  }

  private DeploymentState destroyed(Transaction tx, DeploymentStatus status) throws StoreException {
    Instant now = clock.instant();
    DeploymentStatus.End end = Objects.requireNonNull(status.end());
    byte[] receipt =
        new DestructionReceipt(
                status.deployment(),
                site.device().identity().fingerprint(),
                status.list(),
                DestructionReceipt.Ended.of(end),
                now,
                AuditLog.head(tx).toString(),
                OptionalInt.of(alerts.waiting(tx)))
            .sign(site.device())
            .bytes();
    lists.forget(tx, status.deployment());
    new WithdrawalTable(site.device().storage()).forgetSubjects(tx, status.deployment());
    SubjectRises.forgetSubjects(tx, status.deployment());
    Walks.forget(tx, audit, status.deployment(), now);
    life.receipt(tx, status.deployment(), receipt);
    audit.append(
        tx,
        AuditEvent.of(AuditKind.WATCHLIST_DESTROYED, Actor.AGENT)
            .with("deployment", status.deployment())
            .with("list", status.list().digest())
            .with("entries", status.list().entries())
            .with("receipt", Sha256.of(receipt)));
    DeploymentState next = status.state().after(Step.DESTROY).orElseThrow();
    life.move(tx, status, next, now);
    return next;
  }
}
