package org.sightline.edge.deployment;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/** Urgent authorisations in the data file; {@link Rulings} knows the rules. */
final class UrgentTable {
  private UrgentTable() {}

  /** Keeps how it stands with the authorisation that a deployment is under from now on. */
  static void put(
      Transaction tx, DeploymentId deployment, Optional<UrgentAuthorisation> authorisation)
      throws StoreException {
    tx.update("DELETE FROM urgent_authorisation WHERE deployment = ?", deployment.value());
    if (authorisation.isEmpty()) {
      return;
    }
    UrgentAuthorisation urgent = authorisation.get();
    tx.update(
        """
        INSERT INTO urgent_authorisation
          (deployment, authorisation_digest, reason, signer, lapses_millis)
        VALUES (?, ?, ?, ?, ?)
        """,
        deployment.value(),
        urgent.authorisation().hex(),
        urgent.reason(),
        urgent.signer().hex(),
        urgent.lapses());
    UrgentAuthorisation.Ruled confirmed = urgent.confirmed();
    if (confirmed != null) {
      confirm(tx, deployment, confirmed);
    }
  }

  static void confirm(Transaction tx, DeploymentId deployment, UrgentAuthorisation.Ruled confirmed)
      throws StoreException {
    tx.update(
        """
        UPDATE urgent_authorisation SET confirmed_by = ?, confirmed_millis = ?
        WHERE deployment = ?
        """,
        confirmed.by().hex(),
        confirmed.at(),
        deployment.value());
  }

  static Optional<UrgentAuthorisation> of(Transaction tx, DeploymentId deployment)
      throws StoreException {
    return tx.first(
        """
        SELECT urgent_authorisation.*, refused_deployment.signer AS refused_by, refused_millis
        FROM urgent_authorisation LEFT JOIN refused_deployment USING (deployment)
        WHERE deployment = ?
        """,
        UrgentTable::urgent,
        deployment.value());
  }

  private static UrgentAuthorisation urgent(Row row) {
    return new UrgentAuthorisation(
        new Sha256(row.text("authorisation_digest")),
        row.text("reason"),
        new Sha256(row.text("signer")),
        row.instant("lapses_millis"),
        ruled(row, "confirmed"),
        ruled(row, "refused"));
  }

  private static UrgentAuthorisation.@Nullable Ruled ruled(Row row, String word) {
    String by = row.textOrNull(word + "_by");
    return by == null
        ? null
        : new UrgentAuthorisation.Ruled(new Sha256(by), row.instant(word + "_millis"));
  }

  /** The deployments of which no second authority has said anything. */
  static List<DeploymentId> unruled(Transaction tx) throws StoreException {
    return tx.query(
        """
        SELECT deployment FROM urgent_authorisation
        WHERE confirmed_by IS NULL
          AND deployment NOT IN (SELECT deployment FROM refused_deployment)
        """,
        row -> new DeploymentId(row.text("deployment")));
  }

  /** Of a refused one only what the receipt says remains. */
  static void forgetReason(Transaction tx, DeploymentId deployment) throws StoreException {
    tx.update(
        "UPDATE urgent_authorisation SET reason = '' WHERE deployment = ?", deployment.value());
  }

  /** Whether a second authority has confirmed the authorisation with this digest. */
  static boolean isConfirmed(Transaction tx, Sha256 authorisation) throws StoreException {
    return tx.first(
            """
            SELECT 1 AS one FROM urgent_authorisation
            WHERE authorisation_digest = ? AND confirmed_by IS NOT NULL
            """,
            row -> row.integer("one"),
            authorisation.hex())
        .isPresent();
  }
}
