package org.sightline.edge.deployment;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DeploymentState.Step;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.sightline.edge.walk.Walks;
import org.sightline.edge.watchlist.BundleExpectations;
import org.sightline.edge.watchlist.WatchlistBundle;
import org.sightline.edge.watchlist.WatchlistException;
import org.sightline.edge.watchlist.WatchlistStore;

/**
 * Takes a list onto the device: room for it first, then what the bundle must be, then the list
 * beside the others, and last, in one transaction, its name.
 */
final class ListIntake {
  private final Database database;
  private final DeploymentSite site;
  private final DeviceClock clock;
  private final AuditLog audit;
  private final WatchlistStore lists;
  private final LifeTable life;
  private final EndedDeployments ended;
  private final WithdrawalTable withdrawals;

  ListIntake(
      Database database,
      DeploymentSite site,
      DeviceClock clock,
      AuditLog audit,
      WatchlistStore lists,
      LifeTable life,
      EndedDeployments ended) {
    this.database = database;
    this.site = site;
    this.clock = clock;
    this.audit = audit;
    this.lists = lists;
    this.life = life;
    this.ended = ended;
    this.withdrawals = new WithdrawalTable(site.device().storage());
  }

  /**
   * Takes a list in.
   *
   * @param file the authorisation's document
   * @param urgent that it is urgent; empty if it is not
   */
  DeploymentStatus take(
      Authorisation authorisation,
      byte[] file,
      Optional<UrgentAuthorisation> urgent,
      Path bundleFile,
      PackInUse pack,
      Actor by,
      Runnable progress)
      throws SightlineException {
    DeploymentId deployment = authorisation.deployment();
    Sha256 document = Sha256.of(file);
    long seen = database.read(tx -> requireRoomFor(tx, deployment));
    try (WatchlistBundle bundle = open(bundleFile, authorisation, document, pack, seen)) {
      bundle
          .header()
          .terms()
          .requireWithin(
              authorisation.limits().thresholdFloor(),
              authorisation.alerts().controlRoom().isPresent(),
              bundleFile);
      Set<SubjectRef> withdrawn = database.read(tx -> withdrawals.subjects(tx, deployment));
      ended.keepRoom(deployment);
      WatchlistStore.WrittenList list = lists.write(bundle, withdrawn, progress);
      int missing = bundle.header().entryCount() - list.entries();
      DeploymentStatus status =
          database.<DeploymentStatus, DeploymentException>write(
              tx -> {
                requireRoomFor(tx, deployment);
                lists.name(tx, list);
                if (!withdrawn.isEmpty()) {
                  withdrawals.entries(tx, deployment, missing);
                }
                Walks.controlEntries(
                    tx,
                    deployment,
                    bundle.header().contents().controlEntries(bundle.header().terms()));
                site.trust().take(tx, file, bundle.signers());
                audit.append(
                    tx,
                    AuditEvent.of(AuditKind.WATCHLIST_IMPORTED, by)
                        .with("deployment", deployment)
                        .with("authorisation", document)
                        .with("list", bundle.digest())
                        .with("listVersion", bundle.header().terms().listVersion())
                        .with("entries", bundle.header().entryCount()));
                Optional<UrgentAuthorisation> stands = put(tx, deployment, urgent);
                return life.put(
                    tx,
                    new DeploymentStatus(
                        deployment,
                        DeploymentState.AUTHORISED,
                        document,
                        new HeldList(
                            bundle.digest(),
                            bundle.header().terms().listVersion(),
                            bundle.header().entryCount()),
                        new DeploymentStatus.Limits(
                            authorisation.period().end(),
                            bundle.header().terms().expires(),
                            stands.map(UrgentAuthorisation::lapsesUnconfirmed).orElse(null)),
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
      lists.files().destroyStrays();
    }
  }

  /** Keeps that an authorisation is urgent, unless it was refused before its list came. */
  private Optional<UrgentAuthorisation> put(
      Transaction tx, DeploymentId deployment, Optional<UrgentAuthorisation> urgent)
      throws StoreException, DeploymentException {
    Optional<UrgentAuthorisation> stands = UrgentTable.put(tx, deployment, urgent);
    if (stands.isEmpty()) {
      return stands;
    }
    requireNotRefused(tx, deployment, stands.get());
    audit.append(
        tx,
        AuditEvent.of(AuditKind.URGENT_AUTHORISATION, Actor.authority(stands.get().signer()))
            .with("deployment", deployment)
            .with("authorisation", stands.get().authorisation())
            .with("reason", stands.get().reasonDigest())
            .with("lapses", stands.get().lapses()));
    return stands;
  }

  private void requireNotRefused(
      Transaction tx, DeploymentId deployment, UrgentAuthorisation urgent)
      throws StoreException, DeploymentException {
    if (urgent.confirmed() != null) {
      return;
    }
    for (Sha256 signer : EarlyRefusals.signers(tx, deployment, urgent.authorisation())) {
      if (!site.trust().keys().isSamePlace(signer, urgent.signer())) {
        throw refused(new DeploymentRefusal.RefusedBefore(deployment, signer));
      }
    }
  }

  private WatchlistBundle open(
      Path bundleFile,
      Authorisation authorisation,
      Sha256 document,
      PackInUse pack,
      long versionSeen)
      throws WatchlistException {
    return WatchlistBundle.open(
        bundleFile,
        site.device(),
        site.trust().authoritiesFor(document),
        new BundleExpectations(
            authorisation.deployment(),
            authorisation.list().digest(),
            pack.name(),
            pack.version(),
            clock.instant(),
            authorisation.period().start(),
            authorisation.list().maximumAge(),
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
    if (state.after(Step.IMPORT).isEmpty()) {
      throw refused(new DeploymentRefusal.WrongState(deployment, state, Step.IMPORT));
    }
    Optional<DeploymentStatus.End> end = ended.of(deployment);
    if (end.isPresent()) {
      throw refused(new DeploymentRefusal.Over(deployment, end.get()));
    }
    return known.map(status -> status.list().version()).orElse(1L);
  }

  private DeploymentException refused(DeploymentRefusal refusal) {
    return new DeploymentException(refusal, site.folders().data().toString());
  }
}
