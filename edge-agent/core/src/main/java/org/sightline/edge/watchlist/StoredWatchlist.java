package org.sightline.edge.watchlist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.StorageKey;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Portraits;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.store.StoreException;

/**
 * A list at rest whose key is open. Entries come without their portraits, which are read one by one
 * when an alert needs one. Thread-safe until closed, which wipes the key.
 */
public final class StoredWatchlist implements Portraits, AutoCloseable {
  private static final int ENTRIES_PER_QUERY = 500;

  private final Path file;
  private final Database database;
  private final BundleTerms terms;
  private final Sha256 digest;
  private final int entryCount;
  private final StorageKey key;

  private StoredWatchlist(
      Path file,
      Database database,
      BundleTerms terms,
      Sha256 digest,
      int entryCount,
      StorageKey key) {
    this.file = file;
    this.database = database;
    this.terms = terms;
    this.digest = digest;
    this.entryCount = entryCount;
    this.key = key;
  }

  /**
   * @param key owned from now
   */
  static StoredWatchlist open(
      Path file, BundleTerms terms, Sha256 digest, int entryCount, StorageKey key)
      throws StoreException, WatchlistException {
    if (!Files.exists(file)) {
      key.close();
      throw new WatchlistException(new BundleRefusal.AtRest("its data file"), file);
    }
    try {
      return new StoredWatchlist(
          file, Database.open(file, Schema.WATCHLIST), terms, digest, entryCount, key);
    } catch (StoreException e) {
      key.close();
      throw e;
    }
  }

  public BundleTerms terms() {
    return terms;
  }

  /** Digest of the bundle that it came in. */
  public Sha256 digest() {
    return digest;
  }

  /** Entries that are left, those of withdrawn subjects not among them. */
  public int entryCount() {
    return entryCount;
  }

  /** Takes the entries of a list, each with its number. */
  @FunctionalInterface
  public interface NumberedConsumer<T, X extends Exception> {
    void accept(int number, T entry) throws StoreException, WatchlistException, X;
  }

  /**
   * Opens each entry, in the order of the list, and hands it over with an empty portrait. In the
   * memory of a few hundred.
   *
   * @throws WatchlistException if a row is missing or was altered; what was handed over is to be
   *     given up
   */
  public <X extends Exception> void forEach(EntryConsumer<X> consumer)
      throws StoreException, WatchlistException, X {
    forEachNumbered((number, entry) -> consumer.accept(entry));
  }

  /** The same, with the number that {@link #of} wants. */
  public <X extends Exception> void forEachNumbered(NumberedConsumer<WatchlistEntry, X> consumer)
      throws StoreException, WatchlistException, X {
    forEachOpened((number, opened) -> consumer.accept(number, BundleFormat.decode(opened, terms)));
  }

  /** The same with each entry as it is sealed, which is wiped after it was handed over. */
  <X extends Exception> void forEachOpened(NumberedConsumer<byte[], X> consumer)
      throws StoreException, WatchlistException, X {
    int next = 0;
    int count = 0;
    while (count < entryCount) {
      List<Sealed> page =
          database.query(
              "SELECT number, sealed FROM entry WHERE number >= ? ORDER BY number LIMIT ?",
              row -> new Sealed((int) row.integer("number"), row.bytes("sealed")),
              next,
              Math.min(ENTRIES_PER_QUERY, entryCount - count));
      if (page.isEmpty()) {
        throw damaged(null);
      }
      for (Sealed entry : page) {
        byte[] opened = open("entry", entry.number(), entry.sealed());
        try {
          consumer.accept(entry.number(), opened);
        } finally {
          Arrays.fill(opened, (byte) 0);
        }
        next = entry.number() + 1;
        count++;
      }
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Sealed(int number, byte[] sealed) {}

  @Override
  public Jpeg of(int number) throws StoreException, WatchlistException {
    byte[] sealed =
        database
            .first(
                "SELECT sealed FROM portrait WHERE number = ?", row -> row.bytes("sealed"), number)
            .orElseThrow(() -> damaged(null));
    return new Jpeg(open("portrait", number, sealed));
  }

  private byte[] open(String kind, int number, byte[] sealed) throws WatchlistException {
    try {
      return key.sealer().open(sealed, WatchlistStore.place(kind, terms.deployment(), number));
    } catch (CryptoException e) {
      throw damaged(e);
    }
  }

  private WatchlistException damaged(@Nullable Throwable cause) {
    return new WatchlistException(new BundleRefusal.AtRest("an entry"), file, cause);
  }

  @Override
  public void close() throws StoreException {
    key.close();
    database.close();
  }
}
