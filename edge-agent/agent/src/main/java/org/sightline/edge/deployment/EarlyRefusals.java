package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.List;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * Refusals of authorisations under which no list has come, in the data file, until one comes. Who
 * signed such an authorisation, and whether it is urgent at all, is seen then.
 */
final class EarlyRefusals {
  private EarlyRefusals() {}

  /**
   * Keeps one.
   *
   * @return whether it was not known
   */
  static boolean put(Transaction tx, Ruling.Check.Valid refusal, Instant received)
      throws StoreException {
    boolean added = false;
    for (Sha256 signer : refusal.signers()) {
      added |=
          tx.update(
                  """
                  INSERT OR IGNORE INTO early_refusal
                    (deployment, authorisation_digest, signer, refusal_digest, received_millis)
                  VALUES (?, ?, ?, ?, ?)
                  """,
                  refusal.ruling().deployment().value(),
                  refusal.ruling().authorisation().hex(),
                  signer.hex(),
                  refusal.digest().hex(),
                  received)
              > 0;
    }
    return added;
  }

  /** Who refused an authorisation of a deployment, the first to do so first. */
  static List<Sha256> signers(Transaction tx, DeploymentId deployment, Sha256 authorisation)
      throws StoreException {
    return tx.query(
        """
        SELECT signer FROM early_refusal WHERE deployment = ? AND authorisation_digest = ?
        ORDER BY received_millis, signer
        """,
        row -> new Sha256(row.text("signer")),
        deployment.value(),
        authorisation.hex());
  }
}
