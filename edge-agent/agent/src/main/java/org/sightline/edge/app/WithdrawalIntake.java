package org.sightline.edge.app;

import java.util.List;
import java.util.function.Predicate;
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
 * they concern. Thread-safe.
 */
final class WithdrawalIntake extends GenuineDocuments {
  private static final Logger LOG = LoggerFactory.getLogger(WithdrawalIntake.class);

  /** After a long absence all that the broker has kept come at once; 4 MiB at most. */
  static final int MOST_WAITING = 1024;

  private final Database database;
  private final LineLimit lines = new LineLimit();

  /**
   * @param genuine whether a document is signed as it should be; it touches no disk
   * @param database that knows which alerts are to be reported
   */
  WithdrawalIntake(Predicate<byte[]> genuine, Database database) {
    super("withdrawal", MOST_WAITING, genuine);
    this.database = database;
  }

  /** That of a device. */
  static WithdrawalIntake of(Device device) {
    return new WithdrawalIntake(device.deployments()::isGenuineWithdrawal, device.database());
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
