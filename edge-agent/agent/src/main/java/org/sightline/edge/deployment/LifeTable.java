package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/** Where deployments stand, in the data file; {@link Deployments} knows the rules. */
final class LifeTable {
  /** The deployment whose list is here; there is at most one. */
  Optional<DeploymentStatus> holdingList(Transaction tx) throws StoreException {
    return tx.first(
        "SELECT * FROM deployment_life WHERE state IN ('authorised', 'open', 'ended', 'alarm')",
        LifeTable::status);
  }

  Optional<DeploymentStatus> of(Transaction tx, DeploymentId deployment) throws StoreException {
    return tx.first(
        "SELECT * FROM deployment_life WHERE deployment = ?",
        LifeTable::status,
        deployment.value());
  }

  List<DeploymentStatus> all(Transaction tx) throws StoreException {
    return tx.query(
        "SELECT * FROM deployment_life ORDER BY since_millis DESC, deployment", LifeTable::status);
  }

  private static DeploymentStatus status(Row row) {
    String reason = row.textOrNull("end_reason");
    return new DeploymentStatus(
        new DeploymentId(row.text("deployment")),
        DeploymentState.of(row.text("state")),
        new Sha256(row.text("authorisation_digest")),
        new HeldList(
            new Sha256(row.text("list_digest")),
            row.integer("list_version"),
            (int) row.integer("entries")),
        new DeploymentStatus.Limits(
            row.instant("ends_millis"),
            row.instant("list_expires_millis"),
            row.instantOrNull("lapses_millis")),
        row.instant("since_millis"),
        reason == null
            ? null
            : new DeploymentStatus.End(
                EndReason.of(reason), row.text("ended_by"), row.instant("ended_millis")));
  }

  /** A list has been imported. */
  DeploymentStatus put(Transaction tx, DeploymentStatus status) throws StoreException {
    tx.update(
        """
        INSERT OR REPLACE INTO deployment_life
          (deployment, state, authorisation_digest, list_digest, list_version, entries,
           ends_millis, list_expires_millis, lapses_millis, since_millis)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        status.deployment().value(),
        status.state().word(),
        status.authorisation().hex(),
        status.list().digest().hex(),
        status.list().version(),
        status.list().entries(),
        status.ends(),
        status.listExpires(),
        status.limits().lapses(),
        status.since());
    return status;
  }

  /** From now on the deployment does not lapse. */
  void confirm(Transaction tx, DeploymentId deployment) throws StoreException {
    tx.update(
        "UPDATE deployment_life SET lapses_millis = NULL WHERE deployment = ?", deployment.value());
  }

  DeploymentStatus move(
      Transaction tx, DeploymentStatus status, DeploymentState next, Instant since)
      throws StoreException {
    tx.update(
        "UPDATE deployment_life SET state = ?, since_millis = ? WHERE deployment = ?",
        next.word(),
        since,
        status.deployment().value());
    return of(tx, status.deployment()).orElseThrow();
  }

  DeploymentStatus end(
      Transaction tx, DeploymentStatus status, DeploymentState next, DeploymentStatus.End end)
      throws StoreException {
    tx.update(
        """
        UPDATE deployment_life
        SET state = ?, end_reason = ?, ended_by = ?, ended_millis = ?, since_millis = ?
        WHERE deployment = ?
        """,
        next.word(),
        end.reason().word(),
        end.by(),
        end.at(),
        end.at(),
        status.deployment().value());
    return of(tx, status.deployment()).orElseThrow();
  }

  boolean isRevoked(Transaction tx, DeploymentId deployment) throws StoreException {
    return tx.first("SELECT 1 FROM revocation WHERE deployment = ?", row -> 1, deployment.value())
        .isPresent();
  }

  /** Keeps the first revocation of a deployment; false if there was one already. */
  boolean revoke(
      Transaction tx, DeploymentId deployment, byte[] document, Sha256 signer, Instant received)
      throws StoreException {
    return tx.update(
            """
            INSERT INTO revocation (deployment, document, signer, received_millis)
            VALUES (?, ?, ?, ?) ON CONFLICT (deployment) DO NOTHING
            """,
            deployment.value(),
            document,
            signer.hex(),
            received)
        == 1;
  }

  void receipt(Transaction tx, DeploymentId deployment, byte[] document) throws StoreException {
    tx.update(
        "INSERT INTO destruction_receipt (deployment, document) VALUES (?, ?)",
        deployment.value(),
        document);
  }

  Optional<byte[]> receipt(Transaction tx, DeploymentId deployment) throws StoreException {
    return tx.first(
        "SELECT document FROM destruction_receipt WHERE deployment = ?",
        row -> row.bytes("document"),
        deployment.value());
  }
}
