package org.sightline.edge.watchlist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
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
 * there are strays, whatever interrupted their making or removal, and {@link #destroyStrays()}
 * destroys them. Not for several processes at once: whoever changes something holds the lock of the
 * data folder.
 */
public final class WatchlistStore {
  /** Folder of the lists in the data folder. */
  public static final String FOLDER = "lists";

  private static final String KEY_SUFFIX = ".key";
  private static final String DATA_SUFFIX = ".db";

  /** A list's two files, and those that SQLite keeps beside the second; others are not ours. */
  private static final Pattern OF_A_LIST =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.(?:key|db(?:-[a-z]+)?)");

  private final Database database;
  private final Path folder;
  private final Sealer device;

  /**
   * @param database state of the agent
   * @param device the device's own storage
   */
  public WatchlistStore(Database database, Path dataFolder, Sealer device) {
    this.database = database;
    this.folder = dataFolder.resolve(FOLDER);
    this.device = device;
  }

  /** A list that has been written and is not yet named. */
  public record WrittenList(String file, BundleHeader header, Sha256 digest) {}

  /**
   * Writes a list, in the memory of one entry; on disk when this returns.
   *
   * @param progress told after each entry
   * @throws WatchlistException if the bundle turns out to be wrong; what was written is a stray
   */
  public WrittenList write(WatchlistBundle bundle, Runnable progress)
      throws StoreException, CryptoException, WatchlistException {
    BundleTerms terms = bundle.header().terms();
    String file = UUID.randomUUID().toString();
    createFolder();
    try (StorageKey key = StorageKey.generate()) {
      key.writeTo(keyOf(file), device, keyContext(terms.deployment()));
      try (Database list = Database.open(dataOf(file), Schema.WATCHLIST)) {
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

  private void createFolder() throws CryptoException {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new CryptoException(
          "the folder of lists cannot be made",
          folder.toString(),
          "let this user write to the data folder",
          e);
    }
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

  /**
   * Destroys the list of a deployment, if there is one: key first. It stays named, so that an
   * interrupted destruction can be told from none; {@link #forget} is the last step.
   */
  public void destroy(DeploymentId deployment) throws StoreException, CryptoException {
    Optional<String> file =
        database.first(
            "SELECT file FROM watchlist WHERE deployment = ?",
            row -> row.text("file"),
            deployment.value());
    if (file.isPresent()) {
      for (Path each : files()) {
        if (listOf(each).equals(file.get())) {
          remove(each);
        }
      }
    }
  }

  /** Names the list of a deployment no longer. */
  public void forget(Transaction transaction, DeploymentId deployment) throws StoreException {
    transaction.update("DELETE FROM watchlist WHERE deployment = ?", deployment.value());
  }

  /** Destroys what no deployment names: lists replaced, and lists never written whole. */
  public void destroyStrays() throws StoreException, CryptoException {
    Set<String> named =
        new HashSet<>(database.query("SELECT file FROM watchlist", row -> row.text("file")));
    for (Path file : files()) {
      if (!named.contains(listOf(file))) {
        remove(file);
      }
    }
  }

  /** The list that a file belongs to: its name up to the first dot. */
  private static String listOf(Path file) {
    String name = file.getFileName().toString();
    return name.substring(0, Math.max(0, name.indexOf('.')));
  }

  private static void remove(Path file) throws CryptoException {
    if (file.toString().endsWith(KEY_SUFFIX)) {
      StorageKey.destroy(file);
      return;
    }
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CryptoException(
          "a list cannot be removed", file.toString(), "let this user remove it", e);
    }
  }

  /** All files of lists, keys first: without its key a list is unreadable. */
  private List<Path> files() throws CryptoException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        if (OF_A_LIST.matcher(child.getFileName().toString()).matches()) {
          files.add(child);
        }
      }
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException | DirectoryIteratorException e) {
      throw new CryptoException(
          "the folder of lists cannot be read", folder.toString(), "let this user read it", e);
    }
    files.sort(Comparator.comparing(file -> !file.toString().endsWith(KEY_SUFFIX)));
    return files;
  }

  /**
   * Opens the list of a deployment.
   *
   * @return empty if none was taken in
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
      throw new WatchlistException(new BundleRefusal.AtRest("its terms"), dataOf(named.file()));
    }
    try {
      return Optional.of(
          StoredWatchlist.open(
              dataOf(named.file()),
              terms,
              named.digest(),
              named.entries(),
              StorageKey.read(keyOf(named.file()), device, keyContext(deployment))));
    } catch (CryptoException e) {
      throw new WatchlistException(new BundleRefusal.AtRest("its key"), keyOf(named.file()), e);
    }
  }

  private record Named(String file, Sha256 digest, @Nullable BundleTerms terms, int entries) {}

  private Path keyOf(String file) {
    return folder.resolve(file + KEY_SUFFIX);
  }

  private Path dataOf(String file) {
    return folder.resolve(file + DATA_SUFFIX);
  }

  private static byte[] keyContext(DeploymentId deployment) {
    return ("sightline list key v1\n" + deployment).getBytes(StandardCharsets.UTF_8);
  }

  /** What a sealed row is bound to. */
  static byte[] place(String kind, DeploymentId deployment, int number) {
    return ("sightline list v1\n" + kind + "\n" + deployment + "\n" + number)
        .getBytes(StandardCharsets.UTF_8);
  }
}
