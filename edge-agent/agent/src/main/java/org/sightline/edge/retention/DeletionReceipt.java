package org.sightline.edge.retention;

import java.time.Instant;
import java.util.List;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * What was deleted because its time was over. Receipts hold numbers alone and are kept.
 *
 * @param at when it was deleted, to the millisecond
 * @param what kind of data
 * @param count how many; positive
 * @param upTo everything that had expired by then is gone
 */
public record DeletionReceipt(Instant at, String what, int count, Instant upTo) {
  void write(Transaction transaction) throws StoreException {
    transaction.update(
        "INSERT INTO deletion_receipt (at_millis, what, count, up_to_millis) VALUES (?, ?, ?, ?)",
        at,
        what,
        count,
        upTo);
  }

  /** All receipts of a data file, oldest first. */
  public static List<DeletionReceipt> all(Database database) throws StoreException {
    return database.query(
        "SELECT at_millis, what, count, up_to_millis FROM deletion_receipt ORDER BY sequence",
        row ->
            new DeletionReceipt(
                row.instant("at_millis"),
                row.text("what"),
                (int) row.integer("count"),
                row.instant("up_to_millis")));
  }
}
