package org.sightline.edge.retention;

import java.time.Instant;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/** A kind of data whose time ends. */
public interface Expiring {
  /** What it is, for receipts and alarms: 1 to 32 of {@code a-z 0-9 -}, never changed. */
  String name();

  /**
   * Deletes what has expired.
   *
   * @param now what expires then, or has before, goes
   * @return how many there were
   */
  int deleteExpired(Transaction transaction, Instant now) throws StoreException;

  /** Data that a function deletes. */
  static Expiring of(String name, Deletion deletion) {
    return new Expiring() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public int deleteExpired(Transaction transaction, Instant now) throws StoreException {
        return deletion.deleteExpired(transaction, now);
      }
    };
  }

  /** {@link Expiring#deleteExpired} alone. */
  @FunctionalInterface
  interface Deletion {
    int deleteExpired(Transaction transaction, Instant now) throws StoreException;
  }
}
