package org.sightline.edge.deployment;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Ruling.Check;
import org.sightline.edge.authorisation.Ruling.Reason;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What authorities say of the urgent authorisations that deployments here are under. Thread-safe.
 */
final class Rulings {
  private static final Logger LOG = LoggerFactory.getLogger(Rulings.class);

  private final Database database;
  private final DeploymentSite site;
  private final DeviceClock clock;
  private final AuditLog audit;
  private final LifeTable life;

  /** Those that are known to be confirmed, for as long as this process lives. */
  private final Set<Sha256> confirmed = ConcurrentHashMap.newKeySet();

  Rulings(
      Database database,
      DeploymentSite site,
      DeviceClock clock,
      AuditLog audit,
      LifeTable life) {
    this.database = database;
    this.site = site;
    this.clock = clock;
    this.audit = audit;
    this.life = life;
  }

  /**
   * Applies a document; the caller has ended what was over before.
   *
   * @return why it is ignored; empty if it is not
   */
  Optional<Reason> apply(byte[] document) throws StoreException {
    Check check = Ruling.check(document, site.trusted());
    if (check instanceof Check.Ignored ignored) {
      return Optional.of(ignored.reason());
    }
    Check.Valid valid = (Check.Valid) check;
    if (valid.ruling().word() == Ruling.Word.REFUSED) {
      return Optional.of(Reason.MALFORMED);
    }
    return database.write(tx -> confirm(tx, valid));
  }

  private Optional<Reason> confirm(Transaction tx, Check.Valid valid) throws StoreException {
    Ruling ruling = valid.ruling();
    DeploymentId deployment = ruling.deployment();
    Optional<DeploymentStatus> here = life.of(tx, deployment);
    if (here.isEmpty() || !here.get().authorisation().equals(ruling.authorisation())) {
      return Optional.of(Reason.NOT_HERE);
    }
    Optional<UrgentAuthorisation> urgent = UrgentTable.of(tx, deployment);
    if (urgent.isEmpty()) {
      return Optional.of(Reason.NOT_URGENT);
    }
    if (urgent.get().confirmed() != null) {
      return Optional.of(Reason.REPEATED);
    }
    Optional<Sha256> second =
        valid.signers().stream()
            .filter(signer -> !signer.equals(urgent.get().signer()))
            .findFirst();
    if (second.isEmpty()) {
      return Optional.of(Reason.SAME_AUTHORITY);
    }
    // One that is over for another reason may still be confirmed, which the record shows.
    if (!clock.instant().isBefore(urgent.get().lapses())) {
      return Optional.of(Reason.TOO_LATE);
    }
    UrgentTable.confirm(
        tx, deployment, new UrgentAuthorisation.Confirmed(second.get(), clock.instant()));
    life.confirm(tx, deployment);
    audit.append(
        tx,
        AuditEvent.of(AuditKind.URGENT_CONFIRMED, Actor.authority(second.get()))
            .with("deployment", deployment)
            .with("authorisation", ruling.authorisation())
            .with("confirmation", valid.digest()));
    LOG.info("The urgent authorisation of deployment {} is confirmed", deployment);
    return Optional.empty();
  }

  /**
   * Whether a second authority has confirmed an authorisation. What cannot be read is not
   * confirmed.
   */
  boolean isConfirmed(Sha256 authorisation) {
    if (confirmed.contains(authorisation)) {
      return true;
    }
    try {
      boolean known = database.read(tx -> UrgentTable.isConfirmed(tx, authorisation));
      if (known) {
        confirmed.add(authorisation);
      }
      return known;
    } catch (StoreException e) {
      LOG.warn("Cannot determine whether an authorisation is confirmed: {}", e.getMessage());
      return false;
    }
  }
}
