package org.sightline.edge.outbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sealer;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whom each alert is about, sealed for the device and as long as the alert is known, so that the
 * alerts about somebody who is taken off the list are found; and which those are, until the control
 * room knows. Thread-safe.
 */
public final class AlertSubjects {
  private static final Logger LOG = LoggerFactory.getLogger(AlertSubjects.class);

  private final Sealer sealer;

  /**
   * @param sealer of the device's storage, the same one over restarts
   */
  public AlertSubjects(Sealer sealer) {
    this.sealer = sealer;
  }

  /**
   * An alert about somebody who was withdrawn.
   *
   * @param waited it was still to be published, and is gone
   */
  public record Withdrawn(UUID alert, boolean waited) {}

  /** Keeps whom an alert is about. */
  public void put(Transaction transaction, KnownAlert alert, SubjectRef subject)
      throws StoreException {
    transaction.update(
        """
        INSERT INTO alert_subject (alert, deployment, subject, expires_millis) VALUES (?, ?, ?, ?)
        ON CONFLICT (alert) DO NOTHING
        """,
        alert.id(),
        alert.deployment().value(),
        sealer.seal(subject.value().getBytes(StandardCharsets.US_ASCII), place(alert.id())),
        alert.expires());
  }

  private static byte[] place(UUID alert) {
    return ("subject of alert " + alert).getBytes(StandardCharsets.US_ASCII);
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Row(UUID alert, byte[] sealed, Instant expires) {}

  /**
   * Discards the alerts about some subjects that wait to be published, and notes all about them.
   *
   * @return those that were not noted before
   */
  public List<Withdrawn> withdraw(
      Transaction transaction, DeploymentId deployment, Set<SubjectRef> subjects, Instant now)
      throws StoreException {
    List<Withdrawn> withdrawn = new ArrayList<>();
    for (Row row :
        transaction.query(
            "SELECT alert, subject, expires_millis FROM alert_subject WHERE deployment = ?",
            row -> new Row(row.uuid("alert"), row.bytes("subject"), row.instant("expires_millis")),
            deployment.value())) {
      if (isAboutOneOf(subjects, row)) {
        withdrawn.add(withdraw(transaction, deployment, row, now));
      }
    }
    return withdrawn;
  }

  /** Whom an alert is about; empty if that is not known any more. */
  public Optional<SubjectRef> of(Transaction transaction, UUID alert) throws StoreException {
    return transaction
        .first(
            "SELECT alert, subject, expires_millis FROM alert_subject WHERE alert = ?",
            row -> new Row(row.uuid("alert"), row.bytes("subject"), row.instant("expires_millis")),
            alert)
        .flatMap(this::subject);
  }

  private boolean isAboutOneOf(Set<SubjectRef> subjects, Row row) {
    return subject(row).filter(subjects::contains).isPresent();
  }

  private Optional<SubjectRef> subject(Row row) {
    try {
      byte[] subject = sealer.open(row.sealed(), place(row.alert()));
      return Optional.of(new SubjectRef(new String(subject, StandardCharsets.US_ASCII)));
    } catch (CryptoException e) {
      LOG.error("Cannot determine whom alert {} is about: {}", row.alert(), e.getMessage());
      return Optional.empty();
    }
  }

  private static Withdrawn withdraw(
      Transaction transaction, DeploymentId deployment, Row row, Instant now)
      throws StoreException {
    int waiting =
        transaction.update(
            "DELETE FROM outbox_event WHERE id = ? AND sealed IS NOT NULL", row.alert());
    transaction.update("DELETE FROM alert_subject WHERE alert = ?", row.alert());
    transaction.update(
        """
        INSERT INTO alert_withdrawn (alert, deployment, at_millis, expires_millis)
        VALUES (?, ?, ?, ?) ON CONFLICT (alert) DO NOTHING
        """,
        row.alert(),
        deployment.value(),
        now,
        row.expires());
    return new Withdrawn(row.alert(), waiting > 0);
  }

  /** Whether an alert is about somebody who was withdrawn since. */
  public static boolean isWithdrawn(Transaction transaction, UUID alert) throws StoreException {
    return transaction
        .first("SELECT 1 FROM alert_withdrawn WHERE alert = ?", row -> 1, alert)
        .isPresent();
  }

  /** The alerts that the control room has still to learn about, at most a hundred. */
  public static List<UUID> unreported(Database database) throws StoreException {
    return database.query(
        "SELECT alert FROM alert_withdrawn WHERE reported = 0 ORDER BY at_millis LIMIT 100",
        row -> row.uuid("alert"));
  }

  /** The broker has the report of an alert. */
  public static void reported(Database database, UUID alert) throws StoreException {
    database.update("UPDATE alert_withdrawn SET reported = 1 WHERE alert = ?", alert);
  }

  /** Goes with the alerts; no receipt of its own. */
  static void deleteExpired(Transaction transaction, Instant now) throws StoreException {
    transaction.update("DELETE FROM alert_subject WHERE expires_millis <= ?", now);
    transaction.update("DELETE FROM alert_withdrawn WHERE expires_millis <= ?", now);
  }
}
