package org.sightline.edge.watchlist;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
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
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * The lists at rest. Every entry and every portrait is sealed under a key that exists for its list
 * alone, and bound to its place in it; the key is sealed by the device and lies in a file of its
 * own, so that destroying one small file makes the whole list unreadable.
 *
 * <pre>
 *   sightline.db   watchlist            deployment, name of the key's file, digest, terms, count
 *                  watchlist_entry      number, sealed: subject, category, templates
 *                  watchlist_portrait   number, sealed: JPEG
 *   list-keys/     UUID.key             the list's key, sealed by the device's storage key
 * </pre>
 *
 * <p>A list is taken in within one transaction: the key's file is written before, and one that no
 * list names is destroyed by {@link #destroyStrayKeys()}. Not for several processes at once:
 * whoever changes something holds the lock of the data folder.
 */
public final class WatchlistStore {
  /** Folder of the keys in the data folder. */
  public static final String KEY_FOLDER = "list-keys";

  private static final String KEY_SUFFIX = ".key";

  private final Database database;
  private final Path keyFolder;
  private final Sealer device;

  /**
   * @param device the device's own storage
   */
  public WatchlistStore(Database database, Path dataFolder, Sealer device) {
    this.database = database;
    this.keyFolder = dataFolder.resolve(KEY_FOLDER);
    this.device = device;
  }

  /** A key that lies in its file and belongs to no list yet. */
  public static final class NewKey implements AutoCloseable {
    private final String file;
    private final StorageKey key;

    private NewKey(String file, StorageKey key) {
      this.file = file;
      this.key = key;
    }

    @Override
    public void close() {
      key.close();
    }
  }

  /** Makes the key of a list that is about to be taken in, on disk when this returns. */
  public NewKey newKey(DeploymentId deployment) throws CryptoException {
    try {
      Files.createDirectories(
          keyFolder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new CryptoException(
          "the folder of list keys cannot be made",
          keyFolder.toString(),
          "let this user write to the data folder",
          e);
    }
    String file = UUID.randomUUID() + KEY_SUFFIX;
    StorageKey key = StorageKey.generate();
    key.writeTo(keyFolder.resolve(file), device, keyContext(deployment));
    return new NewKey(file, key);
  }

  /**
   * Takes a list in, in place of the deployment's earlier one. In the memory of one entry.
   *
   * @param progress told after each entry
   * @throws WatchlistException if the bundle turns out to be wrong; the transaction is to be undone
   */
  public void put(Transaction transaction, WatchlistBundle bundle, NewKey key, Runnable progress)
      throws StoreException, WatchlistException {
    BundleTerms terms = bundle.header().terms();
    DeploymentId deployment = terms.deployment();
    remove(transaction, deployment);
    transaction.update(
        "INSERT INTO watchlist (deployment, key_file, digest, terms, entries) VALUES (?, ?, ?, ?, ?)",
        deployment.value(),
        key.file,
        bundle.digest().hex(),
        CanonicalJson.write(terms),
        bundle.header().entryCount());
    Sealer sealer = key.key.sealer();
    int[] number = {0};
    bundle.forEach(
        entry -> {
          int n = number[0]++;
          transaction.update(
              "INSERT INTO watchlist_entry (deployment, number, sealed) VALUES (?, ?, ?)",
              deployment.value(),
              n,
              sealer.seal(withoutPortrait(entry, terms), place("entry", deployment, n)));
          transaction.update(
              "INSERT INTO watchlist_portrait (deployment, number, sealed) VALUES (?, ?, ?)",
              deployment.value(),
              n,
              sealer.seal(entry.portrait().bytes(), place("portrait", deployment, n)));
          entry.templates().forEach(Template::close);
          progress.run();
        });
  }

  private static byte[] withoutPortrait(WatchlistEntry entry, BundleTerms terms) {
    return BundleFormat.encode(
        new WatchlistEntry(
            entry.subject(), entry.category(), entry.templates(), new Jpeg(new byte[0])),
        terms);
  }

  /** Deletes a list's rows; its key is destroyed by {@link #destroyKey} or as a stray. */
  public void remove(Transaction transaction, DeploymentId deployment) throws StoreException {
    transaction.update("DELETE FROM watchlist WHERE deployment = ?", deployment.value());
  }

  /** Destroys the key of a deployment's list, if there is one; the rows stay, unreadable. */
  public void destroyKey(DeploymentId deployment) throws StoreException, CryptoException {
    Optional<String> file =
        database.first(
            "SELECT key_file FROM watchlist WHERE deployment = ?",
            row -> row.text("key_file"),
            deployment.value());
    if (file.isPresent()) {
      StorageKey.destroy(keyFolder.resolve(file.get()));
    }
  }

  /** Destroys the keys that no list names: of lists replaced, removed, or never taken in whole. */
  public void destroyStrayKeys() throws StoreException, CryptoException {
    Set<String> named =
        new HashSet<>(
            database.query("SELECT key_file FROM watchlist", row -> row.text("key_file")));
    for (Path file : keyFiles()) {
      if (!named.contains(file.getFileName().toString())) {
        StorageKey.destroy(file);
      }
    }
  }

  private List<Path> keyFiles() throws CryptoException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(keyFolder)) {
      children.forEach(files::add);
    } catch (NoSuchFileException e) {
      return List.of();
    } catch (IOException e) {
      throw new CryptoException(
          "the folder of list keys cannot be read",
          keyFolder.toString(),
          "let this user read it",
          e);
    }
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
    Optional<Listed> found =
        database.first(
            "SELECT key_file, digest, terms, entries FROM watchlist WHERE deployment = ?",
            row ->
                new Listed(
                    row.text("key_file"),
                    new Sha256(row.text("digest")),
                    CanonicalJson.read(row.bytes("terms"), BundleTerms.class).orElse(null),
                    (int) row.integer("entries")),
            deployment.value());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Listed listed = found.get();
    Path keyFile = keyFolder.resolve(listed.keyFile());
    if (listed.terms() == null) {
      throw new WatchlistException(new BundleRefusal.AtRest("its terms"), keyFile);
    }
    try {
      return Optional.of(
          new StoredWatchlist(
              database,
              listed.terms(),
              listed.digest(),
              listed.entries(),
              StorageKey.read(keyFile, device, keyContext(deployment))));
    } catch (CryptoException e) {
      throw new WatchlistException(new BundleRefusal.AtRest("its key"), keyFile, e);
    }
  }

  private record Listed(String keyFile, Sha256 digest, @Nullable BundleTerms terms, int entries) {}

  private static byte[] keyContext(DeploymentId deployment) {
    return ("sightline list key v1\n" + deployment).getBytes(StandardCharsets.UTF_8);
  }

  /** What a sealed row is bound to. */
  static byte[] place(String kind, DeploymentId deployment, int number) {
    return ("sightline list v1\n" + kind + "\n" + deployment + "\n" + number)
        .getBytes(StandardCharsets.UTF_8);
  }
}
