package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * Refused deployments in the data file. From the transaction on in which one comes to stand here,
 * triggers keep the tables of what came of it empty.
 */
final class RefusedTable {
  /** In this order, so that none refers to what is gone; all but the last by the same name. */
  private static final List<String> OF_A_DEPLOYMENT =
      List.of(
          "outbox_event",
          "alert_subject",
          "alert_withdrawn",
          "alert_outcome",
          "engagement",
          "engagement_count",
          "engagement_group",
          "signed_outcomes_only",
          "subject_rise",
          "withdrawal",
          "withdrawn_entries",
          "deployment_pause",
          "walk",
          "control_list",
          "deployment_count",
          "deployment_threshold");

  private RefusedTable() {}

  /** One that was refused, whether or not all of it is gone. */
  record Refused(
      DeploymentId deployment,
      Sha256 refusal,
      Sha256 by,
      Instant at,
      DiscardReceipt.Counts counts) {}

  /** Discards all that came of a deployment, and takes it in here. */
  static void put(
      Transaction tx, DeploymentId deployment, Sha256 refusal, Sha256 signer, Instant now)
      throws StoreException {
    tx.update(
        """
        INSERT INTO refused_deployment (deployment, refusal_digest, signer, refused_millis,
          alerts, alerts_waiting, outcomes, engagements, walks)
        SELECT d, ?, ?, ?,
          (SELECT COUNT(*) FROM outbox_event WHERE deployment = d),
          (SELECT COUNT(*) FROM outbox_event WHERE deployment = d AND sealed IS NOT NULL),
          (SELECT COUNT(*) FROM alert_outcome WHERE deployment = d),
          (SELECT COUNT(*) FROM engagement WHERE deployment = d),
          (SELECT COUNT(*) FROM walk WHERE deployment = d)
        FROM (SELECT ? AS d)
        """,
        refusal.hex(),
        signer.hex(),
        now,
        deployment.value());
    for (String table : OF_A_DEPLOYMENT) {
      tx.update("DELETE FROM " + table + " WHERE deployment = ?", deployment.value());
    }
    tx.update("DELETE FROM deployment WHERE id = ?", deployment.value());
  }

  static boolean holds(Transaction tx, DeploymentId deployment) throws StoreException {
    return tx.first(
            "SELECT 1 FROM refused_deployment WHERE deployment = ?", row -> 1, deployment.value())
        .isPresent();
  }

  /** Those of which no receipt is signed yet. */
  static List<Refused> withoutReceipt(Transaction tx) throws StoreException {
    return tx.query(
        "SELECT * FROM refused_deployment WHERE receipt IS NULL", RefusedTable::refused);
  }

  private static Refused refused(Row row) {
    return new Refused(
        new DeploymentId(row.text("deployment")),
        new Sha256(row.text("refusal_digest")),
        new Sha256(row.text("signer")),
        row.instant("refused_millis"),
        new DiscardReceipt.Counts(
            row.integer("alerts"),
            row.integer("alerts_waiting"),
            row.integer("outcomes"),
            row.integer("engagements"),
            row.integer("walks")));
  }

  static void receipt(Transaction tx, DeploymentId deployment, byte[] document)
      throws StoreException {
    tx.update(
        "UPDATE refused_deployment SET receipt = ? WHERE deployment = ?",
        document,
        deployment.value());
  }

  static Optional<byte[]> receipt(Transaction tx, DeploymentId deployment) throws StoreException {
    return tx.first(
        "SELECT receipt FROM refused_deployment WHERE deployment = ? AND receipt IS NOT NULL",
        row -> row.bytes("receipt"),
        deployment.value());
  }

  /** The receipts that no broker has yet. */
  static Map<DeploymentId, byte[]> unpublished(Transaction tx) throws StoreException {
    Map<DeploymentId, byte[]> receipts = new LinkedHashMap<>();
    tx.query(
            """
            SELECT deployment, receipt FROM refused_deployment
            WHERE receipt IS NOT NULL AND published = 0 ORDER BY refused_millis
            """,
            row -> Map.entry(new DeploymentId(row.text("deployment")), row.bytes("receipt")))
        .forEach(each -> receipts.put(each.getKey(), each.getValue()));
    return receipts;
  }

  static void published(Transaction tx, DeploymentId deployment) throws StoreException {
    tx.update(
        "UPDATE refused_deployment SET published = 1 WHERE deployment = ?", deployment.value());
  }
}
