package org.sightline.edge.deployment;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sealer;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * Raises the threshold of a subject after an alert about them was found to be about somebody else,
 * for the rest of the deployment, so that the same stranger does not raise the same alert again.
 * Nothing of the stranger is used for it or kept: the rise is the same for every alert.
 * Thread-safe.
 */
public final class SubjectRises {
  private final Database database;
  private final Sealer device;
  private final DeviceClock clock;
  private final AuditLog audit;
  private final SubjectOfAlert subjects;

  /**
   * @param device seals whose rise it is
   * @param subjects of the alerts that are known here
   */
  public SubjectRises(
      Database database,
      Sealer device,
      DeviceClock clock,
      AuditLog audit,
      SubjectOfAlert subjects) {
    this.database = database;
    this.device = device;
    this.clock = clock;
    this.audit = audit;
    this.subjects = subjects;
  }

  /**
   * Follows the outcomes that have come since the last time, however they came.
   *
   * @param rise in cosine, of each alert that was found to be false; 0 for none, which leaves those
   *     of before
   * @return whether the threshold of somebody has risen by them
   */
  public boolean follow(DeploymentId deployment, double rise) throws StoreException {
    if (rise <= 0 || database.read(tx -> due(tx, deployment)).isEmpty()) {
      return false;
    }
    return database.write(
        tx -> {
          boolean risen = false;
          for (UUID alert : due(tx, deployment)) {
            risen |= raise(tx, deployment, alert, rise);
          }
          return risen;
        });
  }

  /** What the threshold of each subject is raised by in all. */
  public Map<SubjectRef, Double> of(DeploymentId deployment)
      throws StoreException, CryptoException {
    return database.<Map<SubjectRef, Double>, CryptoException>read(tx -> all(tx, deployment));
  }

  private static List<UUID> due(Transaction tx, DeploymentId deployment) throws StoreException {
    return tx.query(
        """
        SELECT alert FROM alert_outcome
        WHERE deployment = ? AND outcome = 'false'
          AND NOT EXISTS (SELECT 1 FROM subject_rise WHERE subject_rise.alert = alert_outcome.alert)
        ORDER BY at_millis, alert
        """,
        row -> row.uuid("alert"),
        deployment.value());
  }

  /** Whether it is still known whom the alert was about. */
  private boolean raise(Transaction tx, DeploymentId deployment, UUID alert, double rise)
      throws StoreException {
    Optional<SubjectRef> subject = subjects.of(tx, alert);
    tx.update(
        """
        INSERT INTO subject_rise (alert, deployment, subject, rise, at_millis)
        VALUES (?, ?, ?, ?, ?)
        """,
        alert,
        deployment.value(),
        subject
            .map(
                known ->
                    device.seal(known.value().getBytes(StandardCharsets.US_ASCII), place(alert)))
            .orElse(null),
        subject.isPresent() ? rise : 0.0,
        clock.instant());
    if (subject.isPresent()) {
      audit.append(
          tx,
          AuditEvent.of(AuditKind.THRESHOLD_RAISED, Actor.AGENT)
              .with("deployment", deployment)
              .with("alert", alert)
              .with("by", String.format(Locale.ROOT, "%.4f", rise)));
    }
    return subject.isPresent();
  }

  private Map<SubjectRef, Double> all(Transaction tx, DeploymentId deployment)
      throws StoreException, CryptoException {
    Map<SubjectRef, Double> rises = new HashMap<>();
    for (Known known :
        tx.query(
            """
            SELECT alert, subject, rise FROM subject_rise
            WHERE deployment = ? AND subject IS NOT NULL
            """,
            row -> new Known(row.uuid("alert"), row.bytes("subject"), row.real("rise")),
            deployment.value())) {
      byte[] subject = device.open(known.sealed(), place(known.alert()));
      rises.merge(
          new SubjectRef(new String(subject, StandardCharsets.US_ASCII)),
          known.rise(),
          Double::sum);
    }
    return rises;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Known(UUID alert, byte[] sealed, double rise) {}

  private static byte[] place(UUID alert) {
    return ("sightline raised subject v1\n" + alert).getBytes(StandardCharsets.UTF_8);
  }

  /** With the list goes whose thresholds were raised. */
  static void forgetSubjects(Transaction tx, DeploymentId deployment) throws StoreException {
    tx.update("UPDATE subject_rise SET subject = NULL WHERE deployment = ?", deployment.value());
  }
}
