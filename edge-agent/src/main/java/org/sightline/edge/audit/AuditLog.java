package org.sightline.edge.audit;

import java.time.InstantSource;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * The log of one data folder. It grows within the transaction of what it tells, so that neither is
 * on disk without the other; the tables themselves refuse change and deletion. Thread-safe.
 */
public final class AuditLog {
  private final InstantSource clock;

  public AuditLog(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Appends one record.
   *
   * @return the new head
   */
  public AuditHead append(Transaction transaction, AuditEvent event) throws StoreException {
    AuditRecord next = AuditRecord.following(head(transaction), clock.instant(), event);
    AuditHead head = next.head();
    transaction.update(
        "INSERT INTO audit_record (sequence, line, hash) VALUES (?, ?, ?)",
        next.sequence(),
        next.line(),
        head.hash().hex());
    return head;
  }

  /** The newest record, or {@link AuditHead#START}. */
  public static AuditHead head(Transaction transaction) throws StoreException {
    return transaction
        .first(
            "SELECT sequence, hash FROM audit_record ORDER BY sequence DESC LIMIT 1",
            row -> new AuditHead(row.integer("sequence"), new Sha256(row.text("hash"))))
        .orElse(AuditHead.START);
  }
}
