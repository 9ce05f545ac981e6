package org.sightline.edge.watchlist;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sealer;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.StorageKey;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * The lists at rest. Each lies in a data file of its own, every row sealed under a key that exists
 * for this list alone and bound to its place; the key is sealed by the device and lies beside it.
 * Destroying one small file makes the whole list unreadable, and removing the other removes it.
 *
 * <pre>
 *   sightline.db     watchlist: deployment, file, digest of the bundle, terms, number of entries
 *   lists/FILE.key   the list's key, sealed by the device's storage key
 *   lists/FILE.db    entry:    number, sealed: subject, category, templates
 *                    portrait: number, sealed: JPEG
 * </pre>
 *
 * <p>A list is written whole before it is named in {@code sightline.db}; files that are not named
 * there are strays, whatever interrupted their making or removal, and {@link ListFiles} destroys
 * them. Not for several processes at once: a process that changes something holds the lock of the
 * data folder.
 */
public final class WatchlistStore {
  private final Database database;
  private final ListFiles files;
  private final Sealer device;

  /**
   * @param database state of the agent
   * @param files where the lists lie
   * @param device the device's own storage
   */
  public WatchlistStore(Database database, ListFiles files, Sealer device) {
    this.database = database;
    this.files = files;
    this.device = device;
  }

  /** The files of the lists, which can be destroyed. */
  public ListFiles files() {
    return files;
  }

  /** A list that has been written and is not yet named. */
  public record WrittenList(String file, BundleHeader header, Sha256 digest) {}

  /**
   * Writes a list, in the memory of one entry; on disk when this returns.
   *
   * @param progress called after each entry
   * @throws WatchlistException if the bundle turns out to be wrong; what was written is a stray
   */
  public WrittenList write(WatchlistBundle bundle, Runnable progress)
      throws StoreException, CryptoException, WatchlistException {
    BundleTerms terms = bundle.header().terms();
    String file = UUID.randomUUID().toString();
    files.createFolder();
    try (StorageKey key = StorageKey.generate()) {
      key.writeTo(files.keyOf(file), device, keyContext(terms.deployment()));
      try (Database list = Database.open(files.dataOf(file), Schema.WATCHLIST)) {
        list.<Integer, WatchlistException>write(
            transaction -> write(transaction, bundle, key.sealer(), progress));
      }
    }
    return new WrittenList(file, bundle.header(), bundle.digest());
  }

  private static int write(
      Transaction transaction, WatchlistBundle bundle, Sealer sealer, Runnable progress)
      throws StoreException, WatchlistException {
    BundleTerms terms = bundle.header().terms();
    int[] count = {0};
    bundle.forEach(
        entry -> {
          int number = count[0]++;
          byte[] clear = withoutPortrait(entry, terms);
          transaction.update(
              "INSERT INTO entry (number, sealed) VALUES (?, ?)",
              number,
              sealer.seal(clear, place("entry", terms.deployment(), number)));
          Arrays.fill(clear, (byte) 0);
          transaction.update(
              "INSERT INTO portrait (number, sealed) VALUES (?, ?)",
              number,
              sealer.seal(entry.portrait().bytes(), place("portrait", terms.deployment(), number)));
          entry.templates().forEach(Template::close);
          progress.run();
        });
    return count[0];
  }

  private static byte[] withoutPortrait(WatchlistEntry entry, BundleTerms terms) {
    return BundleFormat.encode(
        new WatchlistEntry(
            entry.subject(), entry.category(), entry.templates(), new Jpeg(new byte[0])),
        terms);
  }

  /** Names a written list as that of its deployment; an earlier one becomes a stray. */
  public void name(Transaction transaction, WrittenList list) throws StoreException {
    BundleTerms terms = list.header().terms();
    transaction.update(
        """
        INSERT OR REPLACE INTO watchlist (deployment, file, digest, terms, entries)
        VALUES (?, ?, ?, ?, ?)
        """,
        terms.deployment().value(),
        list.file(),
        list.digest().hex(),
        CanonicalJson.write(terms),
        list.header().entryCount());
  }

  /** Names the list of a deployment no longer. */
  public void forget(Transaction transaction, DeploymentId deployment) throws StoreException {
    transaction.update("DELETE FROM watchlist WHERE deployment = ?", deployment.value());
  }

  /**
   * Opens the list of a deployment.
   *
   * @return empty if none was imported
   * @throws WatchlistException if it is there and cannot be opened
   */
  public Optional<StoredWatchlist> open(DeploymentId deployment)
      throws StoreException, WatchlistException {
    Optional<Named> found =
        database.first(
            "SELECT file, digest, terms, entries FROM watchlist WHERE deployment = ?",
            row ->
                new Named(
                    row.text("file"),
                    new Sha256(row.text("digest")),
                    CanonicalJson.read(row.bytes("terms"), BundleTerms.class).orElse(null),
                    (int) row.integer("entries")),
            deployment.value());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Named named = found.get();
    BundleTerms terms = named.terms();
    if (terms == null) {
      throw new WatchlistException(
          new BundleRefusal.AtRest("its terms"), files.dataOf(named.file()));
    }
    try {
      return Optional.of(
          StoredWatchlist.open(
              files.dataOf(named.file()),
              terms,
              named.digest(),
              named.entries(),
              StorageKey.read(files.keyOf(named.file()), device, keyContext(deployment))));
    } catch (CryptoException e) {
      throw new WatchlistException(
          new BundleRefusal.AtRest("its key"), files.keyOf(named.file()), e);
    }
  }

  private record Named(String file, Sha256 digest, @Nullable BundleTerms terms, int entries) {}

  private static byte[] keyContext(DeploymentId deployment) {
    return ("sightline list key v1\n" + deployment).getBytes(StandardCharsets.UTF_8);
  }

  /** What a sealed row is bound to. */
  static byte[] place(String kind, DeploymentId deployment, int number) {
    return ("sightline list v1\n" + kind + "\n" + deployment + "\n" + number)
        .getBytes(StandardCharsets.UTF_8);
  }
}
