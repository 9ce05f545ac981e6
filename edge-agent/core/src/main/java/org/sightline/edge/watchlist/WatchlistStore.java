package org.sightline.edge.watchlist;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sealer;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.StorageKey;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
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
 * <p>Numbers are those of the bundle; the number of an entry that was withdrawn is missing.
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

  /**
   * A list that has been written and is not yet named.
   *
   * @param digest of the bundle that it came in
   * @param entries that it has
   */
  public record WrittenList(String file, BundleTerms terms, Sha256 digest, int entries) {}

  /**
   * Writes a list, in the memory of one entry; on disk when this returns.
   *
   * @param withdrawn whose entries are left out; the others keep their numbers
   * @param progress called after each entry
   * @throws WatchlistException if the bundle turns out to be wrong; what was written is a stray
   */
  public WrittenList write(WatchlistBundle bundle, Set<SubjectRef> withdrawn, Runnable progress)
      throws StoreException, CryptoException, WatchlistException {
    BundleTerms terms = bundle.header().terms();
    return written(
        terms,
        bundle.digest(),
        (transaction, sealer) -> write(transaction, bundle, withdrawn, sealer, progress));
  }

  /**
   * Writes the list of a deployment once more, under a key of its own and without some entries;
   * each of the others keeps its number. On disk when this returns.
   *
   * @param withdrawn whose entries are left out
   * @throws WatchlistException if the list cannot be read; what was written is a stray
   */
  public Rest writeWithout(DeploymentId deployment, Set<SubjectRef> withdrawn)
      throws StoreException, CryptoException, WatchlistException {
    Optional<StoredWatchlist> found = open(deployment);
    if (found.isEmpty()) {
      return new Rest(Map.of(), null);
    }
    try (StoredWatchlist list = found.get()) {
      Set<Integer> gone = new HashSet<>();
      Map<SubjectRef, Integer> left = new HashMap<>();
      list.forEachNumbered(
          (number, entry) -> {
            if (withdrawn.contains(entry.subject())) {
              gone.add(number);
              left.merge(entry.subject(), 1, Integer::sum);
            }
            entry.templates().forEach(Template::close);
          });
      return new Rest(
          left,
          gone.isEmpty()
              ? null
              : written(
                  list.terms(),
                  list.digest(),
                  (transaction, sealer) -> copy(transaction, list, gone, sealer)));
    }
  }

  /**
   * A list without some of its subjects.
   *
   * @param leftOut how many entries of each; those who have none are not among them
   * @param list null if nobody was left out
   */
  public record Rest(Map<SubjectRef, Integer> leftOut, @Nullable WrittenList list) {
    public Rest {
      leftOut = Map.copyOf(leftOut);
    }

    /** How many entries of a subject were left out. */
    public int leftOut(SubjectRef subject) {
      return leftOut.getOrDefault(subject, 0);
    }
  }

  /** Writes the rows of a list. */
  private interface Rows {
    int write(Transaction transaction, Sealer sealer) throws StoreException, WatchlistException;
  }

  private WrittenList written(BundleTerms terms, Sha256 digest, Rows rows)
      throws StoreException, CryptoException, WatchlistException {
    String file = UUID.randomUUID().toString();
    files.createFolder();
    try (StorageKey key = StorageKey.generate()) {
      key.writeTo(files.keyOf(file), device, keyContext(terms.deployment()));
      try (Database list = Database.open(files.dataOf(file), Schema.WATCHLIST)) {
        int entries =
            list.<Integer, WatchlistException>write(
                transaction -> rows.write(transaction, key.sealer()));
        return new WrittenList(file, terms, digest, entries);
      }
    }
  }

  private static int write(
      Transaction transaction,
      WatchlistBundle bundle,
      Set<SubjectRef> withdrawn,
      Sealer sealer,
      Runnable progress)
      throws StoreException, WatchlistException {
    BundleTerms terms = bundle.header().terms();
    int[] count = {0, 0};
    bundle.forEach(
        entry -> {
          int number = count[0]++;
          if (!withdrawn.contains(entry.subject())) {
            count[1]++;
            byte[] clear = withoutPortrait(entry, terms);
            put(transaction, sealer, terms, "entry", number, clear);
            Arrays.fill(clear, (byte) 0);
            put(transaction, sealer, terms, "portrait", number, entry.portrait().bytes());
          }
          entry.templates().forEach(Template::close);
          progress.run();
        });
    return count[1];
  }

  private static int copy(
      Transaction transaction, StoredWatchlist list, Set<Integer> gone, Sealer sealer)
      throws StoreException, WatchlistException {
    BundleTerms terms = list.terms();
    int[] count = {0};
    list.forEachOpened(
        (number, entry) -> {
          if (!gone.contains(number)) {
            count[0]++;
            put(transaction, sealer, terms, "entry", number, entry);
            byte[] portrait = list.of(number).bytes();
            put(transaction, sealer, terms, "portrait", number, portrait);
            Arrays.fill(portrait, (byte) 0);
          }
        });
    return count[0];
  }

  /**
   * @param kind table, and what the row is bound to
   */
  private static void put(
      Transaction transaction,
      Sealer sealer,
      BundleTerms terms,
      String kind,
      int number,
      byte[] clear)
      throws StoreException {
    transaction.update(
        "INSERT INTO " + kind + " (number, sealed) VALUES (?, ?)",
        number,
        sealer.seal(clear, place(kind, terms.deployment(), number)));
  }

  private static byte[] withoutPortrait(WatchlistEntry entry, BundleTerms terms) {
    return BundleFormat.encode(
        new WatchlistEntry(
            entry.subject(), entry.category(), entry.templates(), new Jpeg(new byte[0])),
        terms);
  }

  /** Names a written list as that of its deployment; an earlier one becomes a stray. */
  public void name(Transaction transaction, WrittenList list) throws StoreException {
    BundleTerms terms = list.terms();
    transaction.update(
        """
        INSERT OR REPLACE INTO watchlist (deployment, file, digest, terms, entries)
        VALUES (?, ?, ?, ?, ?)
        """,
        terms.deployment().value(),
        list.file(),
        list.digest().hex(),
        CanonicalJson.write(terms),
        list.entries());
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
    Optional<Named> named = named(deployment);
    while (named.isPresent()) {
      try {
        return Optional.of(open(deployment, named.get()));
      } catch (StoreException | WatchlistException e) {
        // A running agent writes the list again when somebody is withdrawn, and destroys this file.
        Optional<Named> now = named(deployment);
        if (now.equals(named)) {
          throw e;
        }
        named = now;
      }
    }
    return Optional.empty();
  }

  private Optional<Named> named(DeploymentId deployment) throws StoreException {
    return database.first(
        "SELECT file, digest, terms, entries FROM watchlist WHERE deployment = ?",
        row ->
            new Named(
                row.text("file"),
                new Sha256(row.text("digest")),
                CanonicalJson.read(row.bytes("terms"), BundleTerms.class).orElse(null),
                (int) row.integer("entries")),
        deployment.value());
  }

  private StoredWatchlist open(DeploymentId deployment, Named named)
      throws StoreException, WatchlistException {
    BundleTerms terms = named.terms();
    if (terms == null) {
      throw new WatchlistException(
          new BundleRefusal.AtRest("its terms"), files.dataOf(named.file()));
    }
    try {
      return StoredWatchlist.open(
          files.dataOf(named.file()),
          terms,
          named.digest(),
          named.entries(),
          StorageKey.read(files.keyOf(named.file()), device, keyContext(deployment)));
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
