package org.sightline.edge.deployment;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.authorisation.Withdrawal.Check;
import org.sightline.edge.authorisation.Withdrawal.Reason;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.sightline.edge.watchlist.StoredWatchlist;
import org.sightline.edge.watchlist.WatchlistException;
import org.sightline.edge.watchlist.WatchlistStore;
import org.sightline.edge.watchlist.WatchlistStore.Rest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes subjects off the list that is here: out of memory first, then off the disk, as a list is
 * destroyed: what is left is written under another key, and the key before is overwritten. Each
 * step can be done again.
 */
final class Withdrawals {
  private static final Logger LOG = LoggerFactory.getLogger(Withdrawals.class);

  /** More than a list has entries are of use to nobody; so many may be mistaken. */
  private static final int SPARE = 1000;

  private final Database database;
  private final DeploymentSite site;
  private final DeviceClock clock;
  private final AuditLog audit;
  private final WatchlistStore lists;
  private final SubjectAlerts alerts;
  private final WithdrawalTable table;

  /** What was left out is recorded, and what it lay in not yet destroyed. */
  private volatile boolean unfinished;

  /** What is left is in another file, which the list in memory has still to be given. */
  private volatile boolean rewritten;

  private volatile boolean bundleLeft;

  Withdrawals(
      Database database,
      DeploymentSite site,
      DeviceClock clock,
      AuditLog audit,
      WatchlistStore lists,
      SubjectAlerts alerts) {
    this.database = database;
    this.site = site;
    this.clock = clock;
    this.audit = audit;
    this.lists = lists;
    this.alerts = alerts;
    this.table = new WithdrawalTable(site.device().storage());
  }

  WithdrawalTable table() {
    return table;
  }

  /** A withdrawal to be applied. */
  private record Due(Check.Valid valid, Withdrawal.Content content) {
    UUID id() {
      return valid.withdrawal().id();
    }

    SubjectRef subject() {
      return content.subject();
    }
  }

  /** Wipes whom the genuine ones mean out of memory; no disk that fails is waited for. */
  void applyInMemory(Collection<byte[]> documents, ListInUse use) {
    Optional<DeploymentId> open = use.deployment();
    Set<SubjectRef> subjects = new HashSet<>();
    for (byte[] document : documents) {
      if (site.trust().withdrawal(document) instanceof Check.Valid valid
          && open.equals(Optional.of(valid.withdrawal().deployment()))) {
        valid.withdrawal().open(site.device()).ifPresent(each -> subjects.add(each.subject()));
      }
    }
    if (!subjects.isEmpty()) {
      use.withdraw(subjects);
    }
  }

  /**
   * Applies documents.
   *
   * @return why each that is ignored is
   */
  List<Reason> apply(Collection<byte[]> documents, Optional<DeploymentStatus> here, ListInUse use)
      throws StoreException, CryptoException, WatchlistException {
    List<Reason> ignored = new ArrayList<>();
    List<Due> due = new ArrayList<>();
    for (byte[] document : documents) {
      Check check = site.trust().withdrawal(document);
      if (check instanceof Check.Valid valid) {
        take(valid, here, due, ignored);
      } else {
        ignored.add(((Check.Ignored) check).reason());
      }
    }
    if (!due.isEmpty()) {
      apply(due, here.orElseThrow(), use);
    } else if (unfinished) {
      finish(here, use);
    }
    return ignored;
  }

  private void take(
      Check.Valid valid, Optional<DeploymentStatus> here, List<Due> due, List<Reason> ignored)
      throws StoreException {
    Withdrawal withdrawal = valid.withdrawal();
    Optional<Withdrawal.Content> content = withdrawal.open(site.device());
    if (here.isEmpty()
        || here.get().end() != null
        || !here.get().deployment().equals(withdrawal.deployment())) {
      ignored.add(Reason.OTHER_DEPLOYMENT);
    } else if (content.isEmpty()) {
      ignored.add(Reason.OTHER_DEVICE);
    } else if (due.stream().noneMatch(each -> each.id().equals(withdrawal.id()))
        && !database.read(tx -> table.knows(tx, withdrawal.id()))) {
      if (due.size() + database.read(tx -> table.count(tx, withdrawal.deployment()))
          >= here.get().list().entries() + SPARE) {
        ignored.add(Reason.TOO_MANY);
      } else {
        due.add(new Due(valid, content.get()));
      }
    }
  }

  private void apply(List<Due> due, DeploymentStatus here, ListInUse use)
      throws StoreException, CryptoException, WatchlistException {
    DeploymentId deployment = here.deployment();
    Set<SubjectRef> subjects = due.stream().map(Due::subject).collect(Collectors.toSet());
    // Before the list is written once more: that takes a while, and space on the disk.
    List<SubjectAlerts.Withdrawn> about =
        database.write(tx -> withdrawAlerts(tx, deployment, subjects));
    if (!about.isEmpty()) {
      LOG.info(
          "{} about withdrawn subjects: {} discarded before the broker had acknowledged them",
          counted(about.size(), "alert", "alerts"),
          about.stream().filter(SubjectAlerts.Withdrawn::waited).count());
    }
    Rest rest = lists.writeWithout(deployment, subjects);
    unfinished = true;
    rewritten = rest.list() != null;
    database.write(tx -> record(tx, due, here, rest));
    log(due, rest);
    finish(Optional.of(here), use);
  }

  /** What was before is made unreadable; to be done again if that fails. */
  private void finish(Optional<DeploymentStatus> here, ListInUse use)
      throws StoreException, CryptoException, WatchlistException {
    lists.files().destroyStrays();
    if (rewritten && here.isPresent()) {
      Optional<StoredWatchlist> rest = lists.open(here.get().deployment());
      if (rest.isPresent()) {
        use.replace(rest.get());
      }
      rewritten = false;
    }
    database.purge();
    unfinished = false;
  }

  /** One line, however many there are. */
  private static void log(List<Due> due, Rest rest) {
    int entries = rest.leftOut().values().stream().mapToInt(Integer::intValue).sum();
    if (entries > 0) {
      LOG.info("Withdrawn: {} taken off the list", counted(entries, "entry", "entries"));
    }
    long unlisted = due.stream().filter(each -> rest.leftOut(each.subject()) == 0).count();
    if (unlisted > 0) {
      LOG.warn(
          "{} of a subject that is not on the list (any more), the last {}",
          counted((int) unlisted, "withdrawal", "withdrawals"),
          due.get(due.size() - 1).id());
    }
  }

  private static String counted(int count, String one, String more) {
    return count + " " + (count == 1 ? one : more);
  }

  /** Returns how many it has recorded. */
  private int record(Transaction tx, List<Due> due, DeploymentStatus here, Rest rest)
      throws StoreException {
    DeploymentId deployment = here.deployment();
    Instant now = clock.instant();
    if (rest.list() != null) {
      lists.name(tx, rest.list());
      table.entries(tx, deployment, here.list().entries() - rest.list().entries());
    }
    Set<SubjectRef> counted = new HashSet<>();
    for (Due each : due) {
      table.put(tx, each.valid(), each.subject(), now);
      audit.append(
          tx,
          AuditEvent.of(AuditKind.SUBJECT_WITHDRAWN, Actor.authority(each.valid().signer()))
              .with("deployment", deployment)
              .with("withdrawal", each.valid().digest())
              .with("reason", each.content().reason())
              .with("entries", counted.add(each.subject()) ? rest.leftOut(each.subject()) : 0));
    }
    return due.size();
  }

  private List<SubjectAlerts.Withdrawn> withdrawAlerts(
      Transaction tx, DeploymentId deployment, Set<SubjectRef> subjects) throws StoreException {
    List<SubjectAlerts.Withdrawn> about =
        alerts.withdraw(tx, deployment, subjects, clock.instant());
    for (SubjectAlerts.Withdrawn alert : about) {
      audit.append(
          tx,
          AuditEvent.of(AuditKind.ALERT_WITHDRAWN, Actor.AGENT)
              .with("deployment", deployment)
              .with("alert", alert.alert())
              .with("published", alert.waited() ? "no" : "yes"));
    }
    return about;
  }

  /** Removes the bundle of a list of which something was withdrawn: it holds all of it. */
  void removeBundle(DeploymentId deployment) throws StoreException {
    if (database.read(tx -> table.entries(tx, deployment)) == 0) {
      return;
    }
    try {
      site.removeBundle(deployment);
      bundleLeft = false;
    } catch (IOException e) {
      if (!bundleLeft) {
        LOG.error(
            "The bundle of a list of which entries were withdrawn cannot be removed: {}: remove it",
            site.folders().watchlistFile());
      }
      bundleLeft = true;
    }
  }

  /** Whether the last try to remove a bundle failed. */
  boolean isBundleLeft() {
    return bundleLeft;
  }
}
