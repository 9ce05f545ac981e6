package org.sightline.edge.deployment;

import java.io.IOException;
import java.nio.file.Files;
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
import org.sightline.edge.watchlist.BundleExpectations;
import org.sightline.edge.watchlist.StoredWatchlist;
import org.sightline.edge.watchlist.WatchlistBundle;
import org.sightline.edge.watchlist.WatchlistException;
import org.sightline.edge.watchlist.WatchlistStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of the deployments of one device: the only code that changes where one stands. Each step
 * is one transaction together with its record in the audit log. At most one deployment's list is on
 * the device at a time. Thread-safe; what takes in or destroys a list wants the {@link
 * DataFolderLock} shown.
 */
public final class Deployments {
  private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

  /** An alarm of the status message: a list that could not be destroyed. */
  public static final String DESTRUCTION_FAILED = "destruction-failed";

  private final Database database;
  private final DeploymentSite site;
  private final DeviceClock clock;
  private final AuditLog audit;
  private final WatchlistStore lists;
  private final LifeTable life = new LifeTable();

  public Deployments(Database database, DeploymentSite site, DeviceClock clock, AuditLog audit) {
    this.database = database;
    this.site = site;
    this.clock = clock;
    this.audit = audit;
    this.lists = new WatchlistStore(database, site.dataFolder(), site.device().storage());
  }

  /** What the authorisation in a file permits on this device, with this model pack. */
  public AuthorisationStatus permission(Path authorisationFile, PackInUse pack) {
    return new AuthorisationVerifier(
            site.trusted(), site.device().identity().fingerprint(), site.van(), clock)
        .verify(authorisationFile)
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
    DeploymentId deployment = authorisation.deployment();
    Sha256 document = Sha256.of(DocumentFile.read(authorisationFile));
    long seen = database.read(tx -> requireRoomFor(tx, deployment));
    try (WatchlistBundle bundle = open(bundleFile, authorisation, pack, seen)) {
      WatchlistStore.WrittenList list = lists.write(bundle, progress);
      DeploymentStatus status =
          database.<DeploymentStatus, DeploymentException>write(
              tx -> {
                requireRoomFor(tx, deployment);
                lists.name(tx, list);
                audit.append(
                    tx,
                    AuditEvent.of(AuditKind.WATCHLIST_IMPORTED, by)
                        .with("deployment", deployment)
                        .with("authorisation", document)
                        .with("list", bundle.digest())
                        .with("listVersion", bundle.header().terms().listVersion())
                        .with("entries", bundle.header().entryCount()));
                return life.put(
                    tx,
                    new DeploymentStatus(
                        deployment,
                        DeploymentState.AUTHORISED,
                        document,
                        bundle.digest(),
                        bundle.header().terms().listVersion(),
                        bundle.header().entryCount(),
                        authorisation.end(),
                        bundle.header().terms().expires(),
                        clock.instant(),
                        null));
              });
      clock.remember();
      return status;
    } catch (WatchlistException e) {
      database.write(
          tx ->
              audit.append(
                  tx,
                  AuditEvent.of(AuditKind.WATCHLIST_REFUSED, by)
                      .with("deployment", deployment)
                      .with("reason", e.refusal().getClass().getSimpleName())));
      throw e;
    } finally {
      lists.destroyStrays();
    }
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

  private WatchlistBundle open(
      Path bundleFile, Authorisation authorisation, PackInUse pack, long versionSeen)
      throws WatchlistException {
    return WatchlistBundle.open(
        bundleFile,
        site.device(),
        site.trusted(),
        new BundleExpectations(
            authorisation.deployment(),
            authorisation.watchlistDigest(),
            pack.name(),
            pack.version(),
            clock.instant(),
            authorisation.start(),
            authorisation.maximumListAge(),
            versionSeen));
  }

  /** Whether the deployment may be imported now; returns the highest list version seen, or 1. */
  private long requireRoomFor(Transaction tx, DeploymentId deployment)
      throws StoreException, DeploymentException {
    if (life.isRevoked(tx, deployment)) {
      throw refused(new DeploymentRefusal.Revoked(deployment));
    }
    Optional<DeploymentStatus> here = life.holdingList(tx);
    if (here.isPresent() && !here.get().deployment().equals(deployment)) {
      throw refused(
          new DeploymentRefusal.AnotherIsHere(here.get().deployment(), here.get().state()));
    }
    Optional<DeploymentStatus> known = life.of(tx, deployment);
    DeploymentState state = known.map(DeploymentStatus::state).orElse(DeploymentState.CLOSED);
    require(deployment, state, Step.IMPORT);
    return known.map(DeploymentStatus::listVersion).orElse(1L);
  }

  private DeploymentState require(DeploymentId deployment, DeploymentState state, Step step)
      throws DeploymentException {
    return state
        .after(step)
        .orElseThrow(() -> refused(new DeploymentRefusal.WrongState(deployment, state, step)));
  }

  private DeploymentException refused(DeploymentRefusal refusal) {
    return new DeploymentException(refusal, site.dataFolder().toString());
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
      destroy(here.get());
    }
    lists.destroyStrays();
  }

  private void destroy(DeploymentStatus status) throws StoreException, DeploymentException {
    DeploymentId deployment = status.deployment();
    try {
      lists.destroy(deployment);
      lists.destroyStrays();
      removeBundle(deployment);
      database.write(tx -> destroyed(tx, status));
      LOG.info("The list of deployment {} is destroyed", deployment);
    } catch (StoreException | CryptoException | IOException e) {
      String cause =
          e instanceof SightlineException told ? told.what() : "a file cannot be removed";
      fail(status);
      LOG.error("The list of deployment {} is not destroyed: {}", deployment, cause);
      throw new DeploymentException(
          new DeploymentRefusal.NotDestroyed(deployment, cause), site.dataFolder().toString(), e);
    }
  }

  /** The bundle that the list came in; one of another deployment stays. */
  private void removeBundle(DeploymentId deployment) throws IOException {
    Path bundle = site.watchlistFile();
    if (!Files.exists(bundle)) {
      return;
    }
    try {
      if (WatchlistBundle.verify(bundle, site.trusted())
          .header()
          .terms()
          .deployment()
          .equals(deployment)) {
        Files.delete(bundle);
      }
    } catch (WatchlistException e) {
      LOG.warn("A file that is no list of this device stays: {}", e.getMessage());
    }
  }

  private DeploymentState destroyed(Transaction tx, DeploymentStatus status) throws StoreException {
    Instant now = clock.instant();
    DeploymentStatus.End end = Objects.requireNonNull(status.end());
    byte[] receipt =
        new DestructionReceipt(
                status.deployment(),
                site.device().identity().fingerprint(),
                status.listDigest(),
                status.listVersion(),
                status.entries(),
                end.reason().word(),
                end.by(),
                end.at(),
                now,
                AuditLog.head(tx).toString())
            .sign(site.device())
            .bytes();
    lists.forget(tx, status.deployment());
    life.receipt(tx, status.deployment(), receipt);
    audit.append(
        tx,
        AuditEvent.of(AuditKind.WATCHLIST_DESTROYED, Actor.AGENT)
            .with("deployment", status.deployment())
            .with("list", status.listDigest())
            .with("entries", status.entries())
            .with("receipt", Sha256.of(receipt)));
    DeploymentState next = status.state().after(Step.DESTROY).orElseThrow();
    life.move(tx, status, next, now);
    return next;
  }

  private void fail(DeploymentStatus status) throws StoreException {
    if (status.state() == DeploymentState.ALARM) {
      return;
    }
    database.write(
        tx -> {
          audit.append(
              tx,
              AuditEvent.of(AuditKind.DESTRUCTION_FAILED, Actor.AGENT)
                  .with("deployment", status.deployment())
                  .with("list", status.listDigest()));
          DeploymentState next = status.state().after(Step.FAIL).orElseThrow();
          return life.move(tx, status, next, clock.instant());
        });
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
