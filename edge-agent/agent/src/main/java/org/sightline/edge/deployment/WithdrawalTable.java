package org.sightline.edge.deployment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sealer;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/** The withdrawals that were applied, in the data file; who was meant is sealed for the device. */
record WithdrawalTable(Sealer device) {
  boolean knows(Transaction tx, UUID id) throws StoreException {
    return tx.first("SELECT 1 FROM withdrawal WHERE id = ?", row -> 1, id).isPresent();
  }

  int count(Transaction tx, DeploymentId deployment) throws StoreException {
    return tx.first(
            "SELECT COUNT(*) AS number FROM withdrawal WHERE deployment = ?",
            row -> (int) row.integer("number"),
            deployment.value())
        .orElseThrow();
  }

  void put(Transaction tx, Withdrawal.Check.Valid valid, SubjectRef subject, Instant now)
      throws StoreException {
    Withdrawal withdrawal = valid.withdrawal();
    tx.update(
        """
        INSERT INTO withdrawal (id, deployment, digest, signer, subject, received_millis)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        withdrawal.id(),
        withdrawal.deployment().value(),
        valid.digest().hex(),
        valid.signer().hex(),
        device.seal(subject.value().getBytes(StandardCharsets.US_ASCII), place(withdrawal.id())),
        now);
  }

  /** Who was withdrawn. */
  Set<SubjectRef> subjects(Transaction tx, DeploymentId deployment)
      throws StoreException, CryptoException {
    Set<SubjectRef> subjects = new HashSet<>();
    for (Known known :
        tx.query(
            "SELECT id, subject FROM withdrawal WHERE deployment = ? AND subject IS NOT NULL",
            row -> new Known(row.uuid("id"), row.bytes("subject")),
            deployment.value())) {
      subjects.add(
          new SubjectRef(
              new String(
                  device.open(known.sealed(), place(known.id())), StandardCharsets.US_ASCII)));
    }
    return subjects;
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Known(UUID id, byte[] sealed) {}

  private static byte[] place(UUID id) {
    return ("sightline withdrawn subject v1\n" + id).getBytes(StandardCharsets.UTF_8);
  }

  /** With the list goes who was withdrawn from it. */
  void forgetSubjects(Transaction tx, DeploymentId deployment) throws StoreException {
    tx.update("UPDATE withdrawal SET subject = NULL WHERE deployment = ?", deployment.value());
  }

  /** How many entries of the list that was imported are gone. */
  int entries(Transaction tx, DeploymentId deployment) throws StoreException {
    return tx.first(
            "SELECT entries FROM withdrawn_entries WHERE deployment = ?",
            row -> (int) row.integer("entries"),
            deployment.value())
        .orElse(0);
  }

  void entries(Transaction tx, DeploymentId deployment, int entries) throws StoreException {
    tx.update(
        "INSERT OR REPLACE INTO withdrawn_entries (deployment, entries) VALUES (?, ?)",
        deployment.value(),
        entries);
  }
}
