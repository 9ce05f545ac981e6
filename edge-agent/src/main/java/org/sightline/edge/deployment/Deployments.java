package org.sightline.edge.deployment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.authorisation.AuthorisationVerifier;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DeploymentState.Step;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.sightline.edge.watchlist.StoredWatchlist;
import org.sightline.edge.watchlist.WatchlistException;
import org.sightline.edge.watchlist.WatchlistStore;

/**
 * The life of the deployments of one device: the only code that changes where one stands. Each step
 * is one transaction together with its record in the audit log. At most one deployment's list is on
 * the device at a time. Thread-safe; what takes in or destroys a list wants the {@link
 * DataFolderLock} shown.
 */
public final class Deployments {
  /** An alarm of the status message: a list that could not be destroyed. */
  public static final String DESTRUCTION_FAILED = "destruction-failed";

  private final Database database;
  private final DeploymentSite site;
  private final DeviceClock clock;
  private final AuditLog audit;
  private final WatchlistStore lists;
  private final LifeTable life = new LifeTable();
  private final ListIntake intake;
  private final Destruction destruction;

  public Deployments(Database database, DeploymentSite site, DeviceClock clock, AuditLog audit) {
    this.database = database;
    this.site = site;
    this.clock = clock;
    this.audit = audit;
    this.lists = new WatchlistStore(database, site.dataFolder(), site.device().storage());
    this.intake = new ListIntake(database, site, clock, audit, lists, life);
    this.destruction = new Destruction(database, site, clock, audit, lists, life);
  }

  /** What the authorisation in a file permits on this device, with this model pack. */
  public AuthorisationStatus permission(Path authorisationFile, PackInUse pack) {
    return new AuthorisationVerifier(
            site.trusted(), site.device().identity().fingerprint(), site.van(), clock)
        .verify(authorisationFile)
        .withBroker(site.brokerMutuallyAuthenticated())
        .withModelPack(pack.name(), pack.exerciseOnly())
        .withDeviceKeys(site.keysSealed());
  }

  /**
   * Takes a list in, under an authorisation; a newer one replaces an earlier one of the deployment.
   * All or nothing, wherever the process may end.
   *
   * @param lock shows that nobody else is at work
   * @param progress told after each entry
   * @throws DeploymentException if the deployment may not be here
   * @throws WatchlistException if the list may not
   * @throws SightlineException if it could not be stored
   */
  public DeploymentStatus importList(
      DataFolderLock lock,
      Path authorisationFile,
      Path bundleFile,
      PackInUse pack,
      Actor by,
      Runnable progress)
      throws SightlineException {
    finish(lock);
    Authorisation authorisation = authorised(authorisationFile, pack);
    Sha256 document = Sha256.of(DocumentFile.read(authorisationFile));
    return intake.take(authorisation, document, bundleFile, pack, by, progress);
  }

  private Authorisation authorised(Path authorisationFile, PackInUse pack)
      throws DeploymentException {
    AuthorisationStatus status = permission(authorisationFile, pack);
    if (status instanceof Refused refused) {
      throw new DeploymentException(
          new DeploymentRefusal.NotAuthorised(refused.refusal()), authorisationFile.toString());
    }
    return status.authorised().orElseThrow();
  }

  private DeploymentException refused(DeploymentRefusal refusal) {
    return new DeploymentException(refusal, site.dataFolder().toString());
  }

  private DeploymentState require(DeploymentId deployment, DeploymentState state, Step step)
      throws DeploymentException {
    return state
        .after(step)
        .orElseThrow(() -> refused(new DeploymentRefusal.WrongState(deployment, state, step)));
  }

  /**
   * Allows capture from the authorised start on.
   *
   * @throws DeploymentException if the authorisation does not stand, is not the one that the list
   *     came under, or the deployment does not wait to be opened
   */
  public DeploymentStatus open(Path authorisationFile, PackInUse pack, Actor by)
      throws StoreException, CryptoException, DeploymentException {
    settle();
    Authorisation authorisation = authorised(authorisationFile, pack);
    Sha256 document = Sha256.of(DocumentFile.read(authorisationFile));
    return database.<DeploymentStatus, DeploymentException>write(
        tx -> {
          DeploymentStatus known = known(tx, authorisation.deployment(), Step.OPEN);
          if (!known.authorisation().equals(document)) {
            throw refused(new DeploymentRefusal.OtherAuthorisation(known.deployment()));
          }
          DeploymentState next = require(known.deployment(), known.state(), Step.OPEN);
          audit.append(
              tx,
              AuditEvent.of(AuditKind.DEPLOYMENT_OPENED, by)
                  .with("deployment", known.deployment())
                  .with("authorisation", document)
                  .with("list", known.listDigest()));
          return life.move(tx, known, next, clock.instant());
        });
  }

  private DeploymentStatus known(Transaction tx, DeploymentId deployment, Step step)
      throws StoreException, DeploymentException {
    return life.of(tx, deployment)
        .orElseThrow(
            () ->
                refused(
                    new DeploymentRefusal.WrongState(deployment, DeploymentState.CLOSED, step)));
  }

  /**
   * The open deployment that an authorisation is for.
   *
   * @throws DeploymentException if it is not open, or the list came under another authorisation
   */
  public DeploymentStatus requireOpen(Path authorisationFile, Authorisation authorisation)
      throws StoreException, CryptoException, DeploymentException {
    Sha256 document = Sha256.of(DocumentFile.read(authorisationFile));
    DeploymentStatus known =
        database.<DeploymentStatus, DeploymentException>read(
            tx -> known(tx, authorisation.deployment(), Step.END));
    if (known.state() != DeploymentState.OPEN) {
      throw refused(new DeploymentRefusal.WrongState(known.deployment(), known.state(), Step.END));
    }
    if (!known.authorisation().equals(document)) {
      throw refused(new DeploymentRefusal.OtherAuthorisation(known.deployment()));
    }
    return known;
  }

  /** The list of a deployment that was taken in. */
  public StoredWatchlist list(DeploymentId deployment)
      throws StoreException, WatchlistException, DeploymentException {
    return lists
        .open(deployment)
        .orElseThrow(
            () ->
                refused(
                    new DeploymentRefusal.WrongState(
                        deployment, DeploymentState.CLOSED, Step.OPEN)));
  }

  /** Closes the deployment that is here; once closed, it cannot be opened again. */
  public DeploymentStatus close(Actor by) throws StoreException, DeploymentException {
    settle();
    return database.<DeploymentStatus, DeploymentException>write(
        tx -> {
          DeploymentStatus here =
              life.holdingList(tx).orElseThrow(() -> refused(new DeploymentRefusal.NothingHere()));
          return here.state().after(Step.END).isPresent()
              ? end(tx, here, EndReason.CLOSED, by)
              : here;
        });
  }

  /**
   * Obeys a revocation, now and for whenever its deployment may come; anything else is ignored and
   * told.
   */
  public Revocation.Check revoke(byte[] document) throws StoreException {
    Revocation.Check check = Revocation.check(document, site.trusted());
    if (check instanceof Revocation.Check.Valid valid) {
      database.write(tx -> revoke(tx, document, valid));
    }
    return check;
  }

  /** Whether a document is a revocation that is obeyed here; from memory alone. */
  public boolean isGenuineRevocation(byte[] document) {
    return Revocation.check(document, site.trusted()) instanceof Revocation.Check.Valid;
  }

  private boolean revoke(Transaction tx, byte[] document, Revocation.Check.Valid valid)
      throws StoreException {
    DeploymentId deployment = valid.revocation().deployment();
    if (!life.revoke(tx, deployment, document, valid.signer(), clock.instant())) {
      return false;
    }
    Actor authority = Actor.authority(valid.signer());
    audit.append(
        tx,
        AuditEvent.of(AuditKind.DEPLOYMENT_REVOKED, authority)
            .with("deployment", deployment)
            .with("revocation", valid.digest()));
    Optional<DeploymentStatus> known = life.of(tx, deployment);
    if (known.isPresent() && known.get().state().after(Step.END).isPresent()) {
      end(tx, known.get(), EndReason.REVOKED, authority);
    }
    return true;
  }

  /**
   * Ends the deployment that is here if its time, or its list's, is over.
   *
   * @return the deployment whose list is here; empty if there is none
   */
  public Optional<DeploymentStatus> settle() throws StoreException {
    Instant now = clock.instant();
    Optional<DeploymentStatus> here = database.read(life::holdingList);
    if (here.isEmpty() || reasonToEnd(here.get(), now).isEmpty()) {
      return here;
    }
    return database.write(
        tx -> {
          Optional<DeploymentStatus> present = life.holdingList(tx);
          Optional<EndReason> reason = present.flatMap(status -> reasonToEnd(status, now));
          return reason.isPresent()
              ? Optional.of(end(tx, present.orElseThrow(), reason.get(), Actor.AGENT))
              : present;
        });
  }

  private static Optional<EndReason> reasonToEnd(DeploymentStatus status, Instant now) {
    if (status.state().after(Step.END).isEmpty()) {
      return Optional.empty();
    }
    if (!now.isBefore(status.ends())) {
      return Optional.of(EndReason.END_REACHED);
    }
    return now.isBefore(status.listExpires())
        ? Optional.empty()
        : Optional.of(EndReason.LIST_EXPIRED);
  }

  private DeploymentStatus end(Transaction tx, DeploymentStatus status, EndReason reason, Actor by)
      throws StoreException {
    audit.append(
        tx,
        AuditEvent.of(AuditKind.DEPLOYMENT_ENDED, by)
            .with("deployment", status.deployment())
            .with("reason", reason.word()));
    DeploymentState next = status.state().after(Step.END).orElseThrow();
    return life.end(tx, status, next, reason, by, clock.instant());
  }

  /**
   * Ends what is over and destroys the list of what has ended: at the end of a deployment, and at
   * each start in case something was interrupted.
   *
   * @param lock shows that nobody else is at work
   * @throws DeploymentException if a list could not be destroyed; then the deployment stands in
   *     alarm until this has succeeded
   */
  public void finish(DataFolderLock lock)
      throws StoreException, CryptoException, DeploymentException {
    Objects.requireNonNull(lock);
    clock.remember();
    Optional<DeploymentStatus> here = settle();
    if (here.isPresent() && here.get().state().after(Step.DESTROY).isPresent()) {
      destruction.of(here.get());
    }
    lists.destroyStrays();
  }

  /** All deployments that this device knows, latest first. */
  public List<DeploymentStatus> all() throws StoreException {
    return database.read(life::all);
  }

  /** The signed receipt of a list's destruction; empty if it is not destroyed. */
  public Optional<byte[]> receipt(DeploymentId deployment) throws StoreException {
    return database.read(tx -> life.receipt(tx, deployment));
  }

  /** What somebody has to look at, as words of the status message; empty when all is well. */
  public List<String> alarms() throws StoreException {
    return database.read(life::holdingList).stream()
        .filter(status -> status.state() == DeploymentState.ALARM)
        .map(status -> DESTRUCTION_FAILED)
        .toList();
  }
}
