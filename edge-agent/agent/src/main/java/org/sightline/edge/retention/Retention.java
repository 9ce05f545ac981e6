package org.sightline.edge.retention;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what has expired, with a receipt and a line in the audit log for each kind of data, and
 * takes it off the disk; docs/retention.md says what is deleted when. One round now with {@link
 * #runOnce}, or rounds on a thread of its own from {@link #start} to {@link #close}. Thread-safe.
 */
public final class Retention implements AutoCloseable {
  /** Stands among what failed when deleted content could not yet be taken off the disk. */
  public static final String PURGE = "purge";

  private static final Logger LOG = LoggerFactory.getLogger(Retention.class);

  private final Database database;
  private final AuditLog audit;
  private final InstantSource clock;
  private final List<Expiring> data;
  private final ScheduledExecutorService rounds = Threads.scheduler("retention");
  private volatile List<String> failing = List.of();

  // At first in case an earlier process did not come to it.
  private boolean scrubDue = true;

  /**
   * @param clock wall clock
   * @param data deleted in this order
   */
  public Retention(Database database, AuditLog audit, InstantSource clock, List<Expiring> data) {
    this.database = database;
    this.audit = audit;
    this.clock = clock;
    this.data = List.copyOf(data);
  }

  /** Begins the first round at once, and each further one so long after the end of the last. */
  // What goes wrong in a round is logged by the round itself.
  @SuppressWarnings("FutureReturnValueIgnored")
  public void start(Duration every) {
    rounds.scheduleWithFixedDelay(this::round, 0, every.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void round() {
    try {
      runOnce(clock.instant());
    } catch (RuntimeException e) {
      LOG.error("A round of deletion failed: {}", e.getClass().getSimpleName(), e);
      failing = data.stream().map(Expiring::name).toList();
    }
  }

  /**
   * Deletes what has expired, each kind of data in a transaction of its own with its receipt; what
   * fails does not hold up the others.
   *
   * @param now what expires then, or has before, goes
   */
  public synchronized Report runOnce(Instant now) {
    Instant upTo = now.truncatedTo(ChronoUnit.MILLIS);
    List<DeletionReceipt> receipts = new ArrayList<>();
    List<String> failed = new ArrayList<>();
    for (Expiring expiring : data) {
      try {
        database
            .write(transaction -> delete(transaction, expiring, upTo))
            .ifPresent(
                receipt -> {
                  receipts.add(receipt);
                  LOG.info("Deleted {} {}", receipt.count(), receipt.what());
                });
      } catch (StoreException e) {
        LOG.error("Expired {} are not deleted: {}", expiring.name(), e.getMessage());
        failed.add(expiring.name());
      } catch (RuntimeException e) {
        LOG.error("Expired {} are not deleted: {}", expiring.name(), e.getClass().getSimpleName());
        LOG.debug("Where deletion failed", e);
        failed.add(expiring.name());
      }
    }
    scrubDue |= !receipts.isEmpty();
    if (!purge()) {
      failed.add(PURGE);
    }
    failing = List.copyOf(failed);
    return new Report(receipts, failed);
  }

  private Optional<DeletionReceipt> delete(Transaction transaction, Expiring expiring, Instant upTo)
      throws StoreException {
    int count = expiring.deleteExpired(transaction, upTo);
    if (count == 0) {
      return Optional.empty();
    }
    DeletionReceipt receipt =
        new DeletionReceipt(
            clock.instant().truncatedTo(ChronoUnit.MILLIS), expiring.name(), count, upTo);
    receipt.write(transaction);
    audit.append(
        transaction,
        AuditEvent.of(AuditKind.DATA_DELETED, Actor.AGENT)
            .with("what", receipt.what())
            .with("count", receipt.count())
            .with("upTo", receipt.upTo()));
    return Optional.of(receipt);
  }

  /** In every round: what an earlier one could not take off the disk goes now. */
  private boolean purge() {
    try {
      boolean purged = scrubDue ? database.scrub() : database.purge();
      scrubDue &= !purged;
      if (!purged) {
        LOG.warn("Deleted data is still on the disk while another program reads the data file");
      }
      return purged;
    } catch (StoreException e) {
      LOG.error("Deleted data is still on the disk: {}", e.getMessage());
      return false;
    }
  }

  /** Names of the data whose deletion failed in the last round, and {@link #PURGE}; for alarms. */
  public List<String> failing() {
    return failing;
  }

  /** Ends after the round under way. */
  @Override
  public void close() {
    rounds.shutdown();
    try {
      if (!rounds.awaitTermination(1, TimeUnit.MINUTES)) {
        LOG.warn("A round of deletion does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What a round did.
   *
   * @param receipts of what was deleted; none for data of which nothing had expired
   * @param failed names of the data whose deletion failed, and {@link #PURGE}
   */
  public record Report(List<DeletionReceipt> receipts, List<String> failed) {
    public Report {
      receipts = List.copyOf(receipts);
      failed = List.copyOf(failed);
    }
  }
}
