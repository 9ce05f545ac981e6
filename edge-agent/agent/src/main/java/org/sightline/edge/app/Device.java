package org.sightline.edge.app;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.LogInstance;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.AuthorisationStatus.Pending;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.ServiceCredential;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentSite;
import org.sightline.edge.deployment.Deployments;
import org.sightline.edge.deployment.DeviceClock;
import org.sightline.edge.deployment.ListInUse;
import org.sightline.edge.deployment.PackInUse;
import org.sightline.edge.deployment.SubjectAlerts;
import org.sightline.edge.deployment.Trust;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.outbox.AlertSubjects;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.outbox.WaitingAlerts;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What settings make of a box: its keys, its data, its clock and the deployments on it. The agent
 * and every command that opens a camera or changes a deployment go through here. Thread-safe.
 */
public final class Device implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Device.class);

  /** How long a command waits for an agent that is about to end. */
  public static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Nobody honest sends so many that change nothing. */
  private static final int MOST_IGNORED = 1000;

  private final AgentSettings settings;
  private final ResourceStack parts;
  private final DeviceKeys keys;
  private final ModelPacks packs;
  private final ModelPack manifest;
  private final Database database;
  private final DeviceClock clock;
  private final AuditLog audit;
  private final Deployments deployments;
  private final LineLimit lines = new LineLimit();
  private final LoggedOnce ignoredStatements = new LoggedOnce(MOST_IGNORED);

  private Device(AgentSettings settings, Clock wall, ResourceStack parts)
      throws SightlineException {
    this.settings = settings;
    this.parts = parts;
    this.keys =
        parts.add(
            settings.trust().deviceKey().sealed()
                ? DeviceKeys.readCredential(settings.trust().deviceKey().path())
                : DeviceKeys.read(settings.trust().deviceKey().path()));
    List<AuthorityPublicKey> trusted = new ArrayList<>();
    for (Path file : settings.trust().authorities()) {
      trusted.add(AuthorityPublicKey.read(file));
    }
    this.packs =
        ModelPacks.at(
            settings.folders().models() == null
                ? ModelPacks.defaultFolder()
                : settings.folders().models());
    this.manifest = packs.manifest(settings.recognition().modelPack());
    this.database = parts.add(Database.open(settings.folders().data()));
    this.clock = DeviceClock.open(database, wall);
    this.audit = new AuditLog(clock);
    this.deployments =
        new Deployments(
            database,
            new DeploymentSite(
                new DeploymentSite.Folders(
                    settings.folders().data(),
                    settings.folders().ended(),
                    settings.deployment().watchlist()),
                settings.van(),
                keys,
                new DeploymentSite.Protection(
                    settings.trust().deviceKey().sealed()
                        && ServiceCredential.holds(settings.trust().deviceKey().path()),
                    settings.cameras().stream()
                        .allMatch(camera -> FrameSources.isLive(camera.source())),
                    settings.broker().mutuallyAuthenticated(),
                    Release.runningIsFieldTested()),
                new Trust(database, trusted, keys.identity().fingerprint(), clock, audit)),
            clock,
            audit,
            tx -> Outbox.waiting(tx, clock.instant()).count(),
            this::withdrawAlerts);
  }

  /**
   * Opens the box that the settings describe.
   *
   * @param wall wall clock; the device's own, which never goes back, is made from it
   */
  public static Device open(AgentSettings settings, Clock wall) throws SightlineException {
    ResourceStack parts = new ResourceStack();
    try {
      return new Device(settings, wall, parts);
    } catch (SightlineException | RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  /** Takes the one place at work on the data folder, waiting for an agent that is about to end. */
  public DataFolderLock lock() throws SightlineException {
    return DataFolderLock.take(settings.folders().data(), PATIENCE);
  }

  /**
   * The gate before every camera: what is authorised for the deployment that is open here.
   *
   * @return an authorisation that permits capture now or, if {@code pending}, from its start on
   * @throws SightlineException saying why there is no capture
   */
  public Authorisation requireAuthority(boolean pending) throws SightlineException {
    AuthorisationStatus status =
        deployments.permission(settings.deployment().authorisation(), pack());
    if (status instanceof Refused refused) {
      throw noCapture(refused.refusal());
    }
    if (status instanceof Pending later && !pending) {
      throw noCapture(later.refusal());
    }
    Authorisation authorisation = status.authorised().orElseThrow();
    settle();
    deployments.requireOpen(settings.deployment().authorisation(), authorisation);
    return authorisation;
  }

  /** Applies what was put where the settings name it, and ends what is over. */
  public void settle() throws SightlineException {
    applyFiles();
    deployments.settle();
  }

  /**
   * Applies trust statements, a revocation and rulings that were put where the settings name it.
   */
  public void applyFiles() {
    applyTrustStatements(trustFolder().changed());
    new ArrivingFile(settings.deployment().revocation(), "A revocation")
        .changed()
        .ifPresent(this::revoke);
    // What fails stays where it lies: a disk that is full keeps nobody from ending a deployment.
    DueRulings.of(this).apply(rulingFolder().changed());
  }

  /**
   * Applies a ruling, or logs why it is ignored.
   *
   * @throws SightlineException if it is to be tried again
   */
  void rule(byte[] document) throws SightlineException {
    Optional<Ruling.Reason> ignored = deployments.rule(document);
    if (ignored.equals(Optional.of(Ruling.Reason.REPEATED))) {
      LOG.debug("Ignoring ruling: {}", ignored.get().line());
    } else if (ignored.isPresent()) {
      lines.due("Ignoring ruling: " + ignored.get().line()).ifPresent(LOG::warn);
    }
  }

  /** The same for trust statements. */
  DocumentFolder trustFolder() {
    return new DocumentFolder(settings.trust().statements(), "trust statement");
  }

  /**
   * Applies trust statements, or logs why they are ignored. What cannot be stored is logged; it is
   * in the folder, or the broker sends it again.
   */
  void applyTrustStatements(List<byte[]> documents) {
    if (documents.isEmpty()) {
      return;
    }
    try {
      for (Trust.Ignored ignored : deployments.trust().apply(documents)) {
        // Looked at again and again, as it lies in a folder, and with whatever signatures somebody
        // puts beside the good ones; logged once.
        if (ignoredStatements.add(ignored.said(), ignored.reason().name())) {
          LOG.warn(
              "Ignoring trust statement {}: {}", ignored.document().shortForm(), ignored.line());
        }
      }
    } catch (StoreException e) {
      lines
          .due("A trust statement is not stored yet, and is tried again: " + e.getMessage())
          .ifPresent(LOG::error);
    }
  }

  /** Applies a revocation, or logs why it is ignored. */
  void revoke(byte[] document) {
    if (deployments.revoke(document) instanceof Revocation.Check.Ignored ignored) {
      lines.due("Ignoring revocation: " + ignored.reason().line()).ifPresent(LOG::warn);
    }
  }

  /** Discards the alerts about withdrawn subjects that wait, and has the others reported. */
  private List<SubjectAlerts.Withdrawn> withdrawAlerts(
      Transaction tx, DeploymentId deployment, Set<SubjectRef> subjects, Instant now)
      throws StoreException {
    return new AlertSubjects(keys.storage())
        .withdraw(tx, deployment, subjects, now).stream()
            .map(each -> new SubjectAlerts.Withdrawn(each.alert(), each.waited()))
            .toList();
  }

  /** Applies the withdrawals that lie where the settings name it, before the list is opened. */
  void applyWithdrawalFolder(DataFolderLock lock) throws SightlineException {
    withdraw(lock, withdrawalFolder().changed(), ListInUse.NONE);
  }

  /** Where withdrawals may be put, none of which has been read by the caller. */
  DocumentFolder withdrawalFolder() {
    return new DocumentFolder(settings.deployment().withdrawals(), "withdrawal");
  }

  /** The same for rulings. */
  DocumentFolder rulingFolder() {
    return new DocumentFolder(settings.deployment().rulings(), "ruling");
  }

  /**
   * Applies withdrawals, or logs why they are ignored.
   *
   * @throws SightlineException if they are to be tried again
   */
  void withdraw(DataFolderLock lock, List<byte[]> documents, ListInUse list)
      throws SightlineException {
    for (Withdrawal.Reason ignored : deployments.withdraw(lock, documents, list)) {
      lines.due("Ignoring withdrawal: " + ignored.line()).ifPresent(LOG::warn);
    }
  }

  private SightlineException noCapture(Refusal refusal) {
    return new SightlineException(
        refusal.kind(),
        "no capture: " + refusal.line(),
        settings.deployment().authorisation().toString(),
        refusal.remedy());
  }

  /** What somebody has to look at, as words of the status message. */
  List<String> alarms() {
    try {
      return deployments.alarms();
    } catch (StoreException e) {
      LOG.warn("Cannot determine whether there is an alarm: {}", e.getMessage());
      return List.of();
    }
  }

  /** The alerts that are still to go out, of whichever deployment. */
  public WaitingAlerts waitingAlerts() throws StoreException {
    return database.read(tx -> Outbox.waiting(tx, clock.instant()));
  }

  /** Which data folder this is, as the status that the van publishes says it. */
  public LogInstance instance() throws StoreException {
    return database.read(AuditLog::position).instance();
  }

  public AgentSettings settings() {
    return settings;
  }

  public DeviceKeys keys() {
    return keys;
  }

  public ModelPacks packs() {
    return packs;
  }

  public ModelPack manifest() {
    return manifest;
  }

  /** The model pack as far as deployments ask. */
  public PackInUse pack() {
    return new PackInUse(manifest.name(), manifest.version(), manifest.exerciseOnly());
  }

  public Database database() {
    return database;
  }

  /** The device's time, which never goes back. */
  public DeviceClock clock() {
    return clock;
  }

  public AuditLog audit() {
    return audit;
  }

  public Deployments deployments() {
    return deployments;
  }

  @Override
  public void close() {
    parts.close();
  }
}
