package org.sightline.edge.app;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.outbox.AlertSubjects;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.Receipt;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Withdrawals that arrive as messages, until they are applied, and the reports of the alerts that
 * they concern. What is not genuine, or comes again, takes no place. Thread-safe.
 */
final class WithdrawalIntake {
  private static final Logger LOG = LoggerFactory.getLogger(WithdrawalIntake.class);

  /** After a long absence all that the broker has kept come at once; 4 MiB at most. */
  static final int MOST_WAITING = 1024;

  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Set<Sha256> known = new LinkedHashSet<>();
  private final Predicate<byte[]> genuine;
  private final Database database;
  private final LineLimit lines = new LineLimit();
  private long ignored;

  /**
   * @param genuine whether a document is signed as it should be; it touches no disk
   * @param database that knows which alerts are to be reported
   */
  WithdrawalIntake(Predicate<byte[]> genuine, Database database) {
    this.genuine = genuine;
    this.database = database;
  }

  /** That of a device. */
  static WithdrawalIntake of(Device device) {
    return new WithdrawalIntake(device.deployments()::isGenuineWithdrawal, device.database());
  }

  /** Takes a message that claims to be one. */
  void take(byte[] document) {
    Sha256 digest = Sha256.of(document);
    if (isKnown(digest)) {
      return;
    }
    if (!genuine.test(document)) {
      ignore("not a withdrawal that an authority trusted here has signed");
    } else if (waiting.offer(document)) {
      remember(digest);
    } else {
      ignore("too many withdrawals at once");
    }
  }

  private synchronized boolean isKnown(Sha256 digest) {
    return known.contains(digest);
  }

  private synchronized void remember(Sha256 digest) {
    if (known.size() == MOST_WAITING) {
      known.remove(known.iterator().next());
    }
    known.add(digest);
  }

  private void ignore(String why) {
    synchronized (this) {
      ignored++;
    }
    lines.due("Ignoring message: " + why).ifPresent(LOG::warn);
  }

  synchronized long ignored() {
    return ignored;
  }

  /** All that wait, which are handed over. */
  List<byte[]> arrived() {
    List<byte[]> documents = new ArrayList<>();
    waiting.drainTo(documents);
    return documents;
  }

  /** What the control room has still to learn. */
  List<Receipt> receipts() {
    try {
      return AlertSubjects.unreported(database).stream().<Receipt>map(WithdrawnAlert::new).toList();
    } catch (StoreException e) {
      lines
          .due("Cannot determine which alerts are withdrawn: " + e.getMessage())
          .ifPresent(LOG::error);
      return List.of();
    }
  }

  /** The broker has a report; if that cannot be stored, it goes out again. */
  void receipted(WithdrawnAlert alert) {
    try {
      AlertSubjects.reported(database, alert.alert());
    } catch (StoreException e) {
      lines
          .due("The report of a withdrawn alert goes out again: " + e.getMessage())
          .ifPresent(LOG::warn);
    }
  }
}
