package org.sightline.edge.deployment;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.authorisation.AuthorisationVerifier;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.deployment.DeploymentState.Step;
import org.sightline.edge.deployment.DeploymentStatus.End;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.sightline.edge.watchlist.ListFiles;
import org.sightline.edge.watchlist.StoredWatchlist;
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
  private final Ending ending;
  private final EndedDeployments ended;
  private final KeptRefusals kept;
  private final ListIntake intake;
  private final Destruction destruction;
  private final Withdrawals withdrawals;
  private final Rulings rulings;
  private final Discards discards;
  private final Pauses pauses;

  /**
   * @param alerts for the receipt of a destruction
   * @param alertsOf for the withdrawal of a subject
   */
  public Deployments(
      Database database,
      DeploymentSite site,
      DeviceClock clock,
      AuditLog audit,
      AlertCount alerts,
      SubjectAlerts alertsOf) {
    this.database = database;
    this.site = site;
    this.clock = clock;
    this.audit = audit;
    this.lists =
        new WatchlistStore(
            database, new ListFiles(database, site.folders().data()), site.device().storage());
    this.ending = new Ending(life, audit);
    this.ended = new EndedDeployments(site.folders().ended(), site.device());
    this.kept = new KeptRefusals(site.folders().ended(), site.device().identity().fingerprint());
    this.intake = new ListIntake(database, site, clock, audit, lists, life, ended);
    this.destruction = new Destruction(database, site, clock, audit, lists, life, ending, alerts);
    this.withdrawals = new Withdrawals(database, site, clock, audit, lists, alertsOf);
    this.rulings = new Rulings(database, clock, audit, site.trust(), life, ending);
    this.discards = new Discards(database, site, clock, audit, life);
    this.pauses = new Pauses(this, database, site, clock, audit);
  }

  /** What the authorisation in a file permits on this device, with this model pack. */
  public AuthorisationStatus permission(Path authorisationFile, PackInUse pack) {
    Optional<Refusal> doubt = site.trust().doubt();
    if (doubt.isPresent()) {
      return new Refused(doubt.get());
    }
    complete(authorisationFile);
    return verifier()
        .verify(authorisationFile)
        .withBroker(site.protection().brokerMutuallyAuthenticated())
        .withModelPack(pack.name(), pack.exerciseOnly())
        .withDeviceKeys(site.protection().keysSealed())
        .withSources(site.protection().camerasLive())
        .withFieldTest(site.protection().fieldTested());
  }

  /** What cannot be read, the verifier says. */
  private void complete(Path authorisationFile) {
    try {
      site.trust().complete(DocumentFile.read(authorisationFile));
    } catch (CryptoException e) {
      LOG.debug("There is no authorisation to look at: {}", e.getMessage());
    }
  }

  /**
   * What the authorisation in a file says of alerts, also when it is over; empty if it is none for
   * this device.
   */
  public Optional<AlertTerms> alertTerms(Path authorisationFile) {
    return verifier().alertTerms(authorisationFile);
  }

  private AuthorisationVerifier verifier() {
    return new AuthorisationVerifier(
        site.trust().keys(),
        site.trust()::takenSince,
        site.device().identity().fingerprint(),
        site.van(),
        clock,
        // Not by an authority whose word does not count any more.
        digest -> rulings.isConfirmed(digest) && site.trust().end(digest).isEmpty());
  }

  /**
   * Takes a list in, under an authorisation; a newer one replaces an earlier one of the deployment.
   * All or nothing, wherever the process may end.
   *
   * @param lock shows that nobody else is at work
   * @param progress called after each entry
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
    byte[] document = DocumentFile.read(authorisationFile);
    DeploymentStatus status =
        intake.take(
            authorisation,
            document,
            urgent(authorisation, document, authorisationFile),
            bundleFile,
            pack,
            by,
            progress);
    site.trust().refresh();
    return status;
  }

  private Optional<UrgentAuthorisation> urgent(
      Authorisation authorisation, byte[] document, Path file) throws DeploymentException {
    Sha256 digest = Sha256.of(document);
    if (Authorisation.readSigned(document, site.trust().authoritiesFor(digest))
            instanceof Reading.Signed<Authorisation> signed
        && signed
            .content()
            .at(site.device().identity().fingerprint())
            .equals(Optional.of(authorisation))) {
      return UrgentAuthorisation.of(authorisation, digest, signed.signers(), clock.instant());
    }
    // The file was replaced since it was verified.
    throw new DeploymentException(
        new DeploymentRefusal.NotAuthorised(new Refusal.Malformed()), file.toString());
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
    return new DeploymentException(refusal, site.folders().data().toString());
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
                  .with("list", known.list().digest()));
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

  /**
   * The open deployment that the authorisation in a file is for.
   *
   * @throws DeploymentException if the authorisation does not stand, the deployment is not open, or
   *     the list came under another authorisation
   */
  DeploymentStatus requireOpen(Path authorisationFile, PackInUse pack)
      throws StoreException, CryptoException, DeploymentException {
    return requireOpen(authorisationFile, authorised(authorisationFile, pack));
  }

  /** Whose signatures count. */
  public Trust trust() {
    return site.trust();
  }

  /** How it stands with the urgent authorisation of a deployment; empty if it is not under one. */
  public Optional<UrgentAuthorisation> urgent(DeploymentId deployment) throws StoreException {
    return database.read(tx -> UrgentTable.of(tx, deployment));
  }

  /** Interruptions of capture. */
  public Pauses pauses() {
    return pauses;
  }

  /** The list of a deployment that was imported. */
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

  /**
   * Closes the deployment that is here; once closed, it cannot be opened again. A running agent
   * closes its cameras also if the data file cannot be written: it is noted outside of it first.
   *
   * @throws DeploymentException with {@link DeploymentRefusal.StillOpen} if it could be noted
   *     nowhere
   */
  public DeploymentStatus close(Actor by) throws StoreException, DeploymentException {
    DeploymentStatus here =
        database
            .read(life::holdingList)
            .orElseThrow(() -> refused(new DeploymentRefusal.NothingHere()));
    if (here.state().after(Step.END).isEmpty()) {
      return here;
    }
    Optional<DeploymentException> notNoted =
        note(here.deployment(), new End(EndReason.CLOSED, by.value(), clock.instant()));
    try {
      return settle().orElse(here);
    } catch (StoreException e) {
      if (notNoted.isPresent()) {
        throw new DeploymentException(
            new DeploymentRefusal.StillOpen(here.deployment()), e.where(), e);
      }
      LOG.warn(
          "The end of deployment {} is not recorded yet: {}", here.deployment(), e.getMessage());
      return here;
    }
  }

  /** Notes outside the data folder that a deployment is over; why not, if that cannot be. */
  private Optional<DeploymentException> note(DeploymentId deployment, End end) {
    try {
      ended.put(deployment, end);
      return Optional.empty();
    } catch (DeploymentException e) {
      LOG.error(
          "The end of deployment {} is recorded in memory only: {}", deployment, e.getMessage());
      return Optional.of(e);
    }
  }

  /**
   * Applies a revocation, now and for whenever its deployment may come; anything else is ignored
   * and logged.
   */
  public Revocation.Check revoke(byte[] document) {
    Revocation.Check check = site.trust().revocation(document);
    if (check instanceof Revocation.Check.Valid valid) {
      DeploymentId deployment = valid.revocation().deployment();
      String authority = Actor.authority(valid.signer()).value();
      note(deployment, new End(EndReason.REVOKED, authority, clock.instant()));
      try {
        database.write(tx -> revoke(tx, document, valid));
      } catch (StoreException e) {
        LOG.error(
            "Deployment {} is revoked and over; this is not recorded yet: {}",
            deployment,
            e.getMessage());
      }
    }
    return check;
  }

  /** Whether a document is a revocation that is valid here; from memory alone. */
  public boolean isGenuineRevocation(byte[] document) {
    return site.trust().revocation(document) instanceof Revocation.Check.Valid;
  }

  /**
   * Applies a ruling on an urgent authorisation: a confirmation lets its deployment go on to the
   * authorised end; a refusal ends it, and discards all that came of it.
   *
   * @return why it is ignored; empty if it is not
   * @throws SightlineException if it could not be recorded; to be tried again. One that is refused
   *     is over all the same, and is discarded before anything of it is sent.
   */
  public synchronized Optional<Ruling.Reason> rule(byte[] document) throws SightlineException {
    Ruling.Check check = site.trust().ruling(document);
    if (check instanceof Ruling.Check.Ignored ignored) {
      return Optional.of(ignored.reason());
    }
    Ruling.Check.Valid valid = (Ruling.Check.Valid) check;
    if (valid.ruling().word() == Ruling.Word.REFUSED) {
      return refuse(document, valid);
    }
    // With a refusal that was kept.
    settle();
    Optional<Ruling.Reason> ignored = rulings.confirm(valid);
    site.trust().refresh();
    return ignored;
  }

  private Optional<Ruling.Reason> refuse(byte[] document, Ruling.Check.Valid valid)
      throws StoreException {
    DeploymentId deployment = valid.ruling().deployment();
    Optional<Ruling.Reason> objection = rulings.objection(valid);
    if (objection.equals(Optional.of(Ruling.Reason.NOT_HERE))) {
      return rulings.keepEarly(valid);
    }
    if (objection.isPresent()) {
      if (!objection.equals(Optional.of(Ruling.Reason.SAME_AUTHORITY))) {
        kept.remove(deployment);
      }
      return objection;
    }
    Actor authority = Actor.authority(rulings.second(valid).orElseThrow());
    End end = new End(EndReason.REFUSED, authority.value(), clock.instant());
    try {
      objection = rulings.refuse(valid, end);
    } catch (StoreException e) {
      // The cameras close because of this, and the refusal is applied once that can be recorded.
      kept.put(deployment, document);
      note(deployment, end);
      throw e;
    }
    kept.remove(deployment);
    if (objection.isEmpty()) {
      note(deployment, end);
      LOG.warn(
          "The urgent authorisation of deployment {} is refused: it is over, and all that came of it"
              + " is discarded",
          deployment);
    }
    return objection;
  }

  /** Applies the refusals that could not be recorded when they came. */
  private synchronized void applyKept() throws StoreException {
    List<DeploymentId> unruled = database.read(UrgentTable::unruled);
    kept.onlyOf(unruled);
    for (DeploymentId deployment : unruled) {
      byte[] document = kept.of(deployment).orElse(null);
      if (document != null
          && site.trust().ruling(document) instanceof Ruling.Check.Valid valid
          && valid.ruling().word() == Ruling.Word.REFUSED
          && valid.ruling().deployment().equals(deployment)) {
        refuse(document, valid);
      }
    }
  }

  /** Whether a refusal came that is not recorded yet: of what it is about, nothing is sent. */
  public boolean isRefusalDue() {
    return kept.any();
  }

  /** Whether a document is a ruling that is signed as it should be; from memory alone. */
  public boolean isGenuineRuling(byte[] document) {
    return site.trust().ruling(document) instanceof Ruling.Check.Valid;
  }

  /** Whether it is a refusal of one; from memory alone. */
  public boolean isGenuineRefusal(byte[] document) {
    return site.trust().ruling(document) instanceof Ruling.Check.Valid valid
        && valid.ruling().word() == Ruling.Word.REFUSED;
  }

  /** Whether a document is a withdrawal that is signed as it should be; from memory alone. */
  public boolean isGenuineWithdrawal(byte[] document) {
    return site.trust().withdrawal(document) instanceof Withdrawal.Check.Valid;
  }

  /**
   * Takes subjects off the list that is here, for good: out of memory at once, then off the disk.
   * What was applied before changes nothing.
   *
   * @param lock shows that nobody else is at work
   * @param documents withdrawals, or what claims to be
   * @param use the list in memory
   * @return why each document that is ignored is
   * @throws SightlineException if it is not off the disk, or not recorded; to be tried again
   */
  public List<Withdrawal.Reason> withdraw(
      DataFolderLock lock, Collection<byte[]> documents, ListInUse use) throws SightlineException {
    Objects.requireNonNull(lock);
    withdrawals.applyInMemory(documents, use);
    Optional<DeploymentStatus> here = settle();
    List<Withdrawal.Reason> ignored = withdrawals.apply(documents, here, use);
    if (here.isPresent()) {
      withdrawals.removeBundle(here.get().deployment());
    }
    return ignored;
  }

  /** Whether a bundle that holds withdrawn entries could not be removed. */
  public boolean isWithdrawnBundleLeft() {
    return withdrawals.isBundleLeft();
  }

  /** How many entries of a deployment's list are gone by withdrawals. */
  public int entriesWithdrawn(DeploymentId deployment) throws StoreException {
    return database.read(tx -> withdrawals.table().entries(tx, deployment));
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
      ending.record(
          tx, known.get(), new End(EndReason.REVOKED, authority.value(), clock.instant()));
    }
    return true;
  }

  /**
   * Applies refusals that could not be recorded, and ends the deployment that is here if its time,
   * or its list's, is over, or it was ended where it could not be recorded.
   *
   * @return the deployment whose list is here; empty if there is none
   */
  public Optional<DeploymentStatus> settle() throws StoreException, DeploymentException {
    applyKept();
    Optional<DeploymentStatus> here = database.read(life::holdingList);
    if (here.isEmpty() || over(here.get()).isEmpty()) {
      return here;
    }
    note(here.get().deployment(), over(here.get()).orElseThrow());
    return database.<Optional<DeploymentStatus>, DeploymentException>write(
        tx -> {
          Optional<DeploymentStatus> present = life.holdingList(tx);
          Optional<End> end = present.isPresent() ? over(present.get()) : Optional.empty();
          return end.isPresent()
              ? Optional.of(ending.record(tx, present.orElseThrow(), end.get()))
              : present;
        });
  }

  /** The first moment at which the capture of a deployment is over if nothing else comes. */
  public Instant firstEnd(DeploymentId deployment) throws StoreException {
    return database.read(tx -> life.of(tx, deployment)).orElseThrow().firstEnd();
  }

  /**
   * Whether a deployment is open and nothing has ended it. Only reads, so that a data file that
   * cannot be written holds up no end.
   */
  public boolean isOpen(DeploymentId deployment) throws StoreException, DeploymentException {
    Optional<DeploymentStatus> here = database.read(life::holdingList);
    return here.isPresent()
        && here.get().deployment().equals(deployment)
        && here.get().state() == DeploymentState.OPEN
        && over(here.get()).isEmpty();
  }

  /**
   * How a deployment is over whose end is not recorded; empty if it is not, or that is recorded.
   */
  private Optional<End> over(DeploymentStatus status) throws DeploymentException {
    if (status.state().after(Step.END).isEmpty()) {
      return Optional.empty();
    }
    Optional<End> known = ended.of(status.deployment());
    if (known.isPresent()) {
      return known;
    }
    Optional<End> untrusted = site.trust().end(status.authorisation());
    return untrusted.isPresent() ? untrusted : Ending.byTime(status, clock.instant());
  }

  /**
   * Ends what is over and destroys the list of what has ended: at the end of a deployment, and at
   * each start in case something was interrupted. The list first and the books afterwards: to
   * destroy it wants no room on the disk, and makes some.
   *
   * @param lock shows that nobody else is at work
   * @throws DeploymentException if a list could not be destroyed; then the deployment is in alarm
   *     until this has succeeded; or with {@link DeploymentRefusal.NotRecorded} if it was and the
   *     data file cannot be written
   */
  public void finish(DataFolderLock lock)
      throws StoreException, CryptoException, DeploymentException {
    Objects.requireNonNull(lock);
    Optional<DeploymentStatus> here = database.read(life::holdingList);
    boolean over =
        here.isPresent()
            && (here.get().state().after(Step.DESTROY).isPresent() || over(here.get()).isPresent());
    boolean destroyed = over && destruction.ofKeyAndRows(here.orElseThrow().deployment());
    try {
      clock.remember();
      here = settle();
      if (here.isPresent() && here.get().state().after(Step.DESTROY).isPresent()) {
        // Not noted yet if it was ended where there was no key to sign the note with.
        note(here.get().deployment(), Objects.requireNonNull(here.get().end()));
        destruction.of(here.get());
      }
    } catch (StoreException e) {
      if (destroyed) {
        throw new DeploymentException(
            new DeploymentRefusal.NotRecorded(here.orElseThrow().deployment(), e.what()),
            e.where(),
            e);
      }
      throw e;
    }
    lists.files().destroyStrays();
    discards.finish();
  }

  /** The receipts of deployments that were refused. */
  public Discards discards() {
    return discards;
  }

  /**
   * All deployments that this device knows, latest first. What is over stands there as such, also
   * where the data file does not say so yet.
   */
  public List<DeploymentStatus> all() throws StoreException, DeploymentException {
    List<DeploymentStatus> all = new ArrayList<>();
    for (DeploymentStatus recorded : database.read(life::all)) {
      Optional<End> end = over(recorded);
      all.add(end.isPresent() ? recorded.ended(end.get()) : recorded);
    }
    return all;
  }

  /** The signed receipt of a list's destruction; empty if it is not destroyed. */
  public Optional<byte[]> receipt(DeploymentId deployment) throws StoreException {
    return database.read(tx -> life.receipt(tx, deployment));
  }

  /** What somebody has to look at, as words of the status message; empty when all is well. */
  public List<String> alarms() throws StoreException {
    boolean failed =
        destruction.hasFailed()
            || database
                .read(life::holdingList)
                .filter(status -> status.state() == DeploymentState.ALARM)
                .isPresent();
    return failed ? List.of(DESTRUCTION_FAILED) : List.of();
  }
}
