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
import org.sightline.edge.deployment.DeploymentState.Step;
import org.sightline.edge.deployment.DeploymentStatus.End;
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
  private final DeviceClock clock;
  private final AuditLog audit;
  private final Trust trust;
  private final LifeTable life;
  private final Ending ending;

  /** Those that are known to be confirmed, for as long as this process lives. */
  private final Set<Sha256> confirmed = ConcurrentHashMap.newKeySet();

  Rulings(
      Database database,
      DeviceClock clock,
      AuditLog audit,
      Trust trust,
      LifeTable life,
      Ending ending) {
    this.database = database;
    this.clock = clock;
    this.audit = audit;
    this.trust = trust;
    this.life = life;
    this.ending = ending;
  }

  /** Confirms a deployment's authorisation; why not, if it does not. */
  Optional<Reason> confirm(Check.Valid valid) throws StoreException {
    return database.write(tx -> confirm(tx, valid));
  }

  /**
   * Ends a deployment whose authorisation is refused, and discards all that came of it, at once.
   *
   * @return why it is ignored; empty if it is not
   */
  Optional<Reason> refuse(Check.Valid valid, End end) throws StoreException {
    return database.write(
        tx -> {
          Optional<Reason> objection = objection(tx, valid);
          if (objection.isEmpty()) {
            refuse(tx, valid, end);
          }
          return objection;
        });
  }

  private void refuse(Transaction tx, Check.Valid valid, End end) throws StoreException {
    DeploymentId deployment = valid.ruling().deployment();
    Sha256 signer = second(tx, valid).orElseThrow();
    audit.append(
        tx,
        AuditEvent.of(AuditKind.URGENT_REFUSED, Actor.authority(signer))
            .with("deployment", deployment)
            .with("authorisation", valid.ruling().authorisation())
            .with("refusal", valid.digest()));
    DeploymentStatus known = life.of(tx, deployment).orElseThrow();
    if (known.state().after(Step.END).isPresent()) {
      ending.record(tx, known, end);
    }
    RefusedTable.put(tx, deployment, valid.digest(), signer, end.at());
    UrgentTable.forgetReason(tx, deployment);
  }

  /** Why a refusal is ignored; empty if it is not. */
  Optional<Reason> objection(Check.Valid valid) throws StoreException {
    return database.read(tx -> objection(tx, valid));
  }

  /** Who has signed a ruling beside the authority that it is about. */
  Optional<Sha256> second(Check.Valid valid) throws StoreException {
    return database.read(tx -> second(tx, valid));
  }

  private Optional<Sha256> second(Transaction tx, Check.Valid valid) throws StoreException {
    Optional<UrgentAuthorisation> urgent = UrgentTable.of(tx, valid.ruling().deployment());
    return valid.signers().stream()
        .filter(
            signer ->
                urgent.isPresent() && !trust.keys().isSamePlace(signer, urgent.get().signer()))
        .findFirst();
  }

  /** What either ruling needs. */
  private Optional<Reason> objection(Transaction tx, Check.Valid valid) throws StoreException {
    Ruling ruling = valid.ruling();
    Optional<DeploymentStatus> here = life.of(tx, ruling.deployment());
    if (here.isEmpty() || !here.get().authorisation().equals(ruling.authorisation())) {
      return Optional.of(Reason.NOT_HERE);
    }
    Optional<UrgentAuthorisation> urgent = UrgentTable.of(tx, ruling.deployment());
    if (urgent.isEmpty()) {
      return Optional.of(Reason.NOT_URGENT);
    }
    if (second(tx, valid).isEmpty()) {
      return Optional.of(Reason.SAME_AUTHORITY);
    }
    boolean refusal = ruling.word() == Ruling.Word.REFUSED;
    if (urgent.get().refused() != null) {
      return Optional.of(refusal ? Reason.REPEATED : Reason.REFUSED_BEFORE);
    }
    return urgent.get().confirmed() == null
        ? Optional.empty()
        : Optional.of(refusal ? Reason.CONFIRMED_BEFORE : Reason.REPEATED);
  }

  private Optional<Reason> confirm(Transaction tx, Check.Valid valid) throws StoreException {
    Ruling ruling = valid.ruling();
    DeploymentId deployment = ruling.deployment();
    Optional<Reason> objection = objection(tx, valid);
    if (objection.isPresent()) {
      return objection;
    }
    // One that is over for another reason may still be confirmed, which the record shows.
    if (!clock.instant().isBefore(UrgentTable.of(tx, deployment).orElseThrow().lapses())) {
      return Optional.of(Reason.TOO_LATE);
    }
    Sha256 second = second(tx, valid).orElseThrow();
    UrgentTable.confirm(tx, deployment, new UrgentAuthorisation.Ruled(second, clock.instant()));
    life.confirm(tx, deployment);
    // As if it had countersigned: the deployment ends with its key, too.
    TrustTable.take(tx, ruling.authorisation(), Set.of(second), clock.instant());
    audit.append(
        tx,
        AuditEvent.of(AuditKind.URGENT_CONFIRMED, Actor.authority(second))
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
