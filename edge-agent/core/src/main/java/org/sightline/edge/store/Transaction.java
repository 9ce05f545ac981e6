package org.sightline.edge.store;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be done within one transaction. Arguments stand for the {@code ?} of the statement, in
 * order: text, numbers, {@code byte[]}, {@link java.time.Instant} (kept as milliseconds since the
 * epoch), {@link java.util.UUID} (kept as text) or null. Valid only while its {@link Work} runs and
 * on that thread.
 */
public interface Transaction {
  /** Runs one changing statement and returns the number of rows it changed. */
  int update(String sql, @Nullable Object... arguments) throws StoreException;

  /** Runs one query and returns all its rows in order. */
  <T> List<T> query(String sql, RowMapper<T> mapper, @Nullable Object... arguments)
      throws StoreException;

  /** The first row of a query, if it has one. */
  default <T> Optional<T> first(String sql, RowMapper<T> mapper, @Nullable Object... arguments)
      throws StoreException {
    return query(sql, mapper, arguments).stream().findFirst();
  }

  /**
   * The work of one transaction: committed when it returns, undone when it throws.
   *
   * @param <X> what it throws besides; nothing for most
   */
  @FunctionalInterface
  interface Work<T, X extends Exception> {
    T run(Transaction transaction) throws StoreException, X;
  }
}
