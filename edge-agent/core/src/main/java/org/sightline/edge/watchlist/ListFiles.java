package org.sightline.edge.watchlist;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.StorageKey;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/**
 * The files of the lists at rest, as {@link WatchlistStore} describes them, and their destruction,
 * which wants no key of the device.
 */
public final class ListFiles {
  /** Folder of the lists in the data folder. */
  public static final String FOLDER = "lists";

  private static final String KEY_SUFFIX = ".key";
  private static final String DATA_SUFFIX = ".db";

  /** A list's two files, and those that SQLite keeps beside the second; others are not ours. */
  private static final Pattern OF_A_LIST =
      Pattern.compile("[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\.(?:key|db(?:-[a-z]+)?)");

  private final Database database;
  private final Path folder;

  /**
   * @param database state of the agent, which names the lists
   */
  public ListFiles(Database database, Path dataFolder) {
    this.database = database;
    this.folder = dataFolder.resolve(FOLDER);
  }

  /**
   * Whether something of a list is in a data folder, be it named or not.
   *
   * @throws CryptoException if that cannot be seen
   */
  public static boolean areIn(Path dataFolder) throws CryptoException {
    return !all(dataFolder.resolve(FOLDER)).isEmpty();
  }

  /** Makes the folder of lists if it is not there. */
  void createFolder() throws CryptoException {
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException e) {
      throw new CryptoException(
          "the folder of lists cannot be made",
          folder.toString(),
          "give this user write access to the data folder",
          e);
    }
  }

  /**
   * Destroys the list of a deployment, if there is one: key first. It stays named, so that an
   * interrupted destruction differs from none; {@link WatchlistStore#forget} is the last step.
   */
  public void destroy(DeploymentId deployment) throws StoreException, CryptoException {
    Optional<String> file =
        database.first(
            "SELECT file FROM watchlist WHERE deployment = ?",
            row -> row.text("file"),
            deployment.value());
    if (file.isPresent()) {
      for (Path each : all()) {
        if (listOf(each).equals(file.get())) {
          remove(each);
        }
      }
    }
  }

  /** Destroys what no deployment names: lists replaced, and lists never written whole. */
  public void destroyStrays() throws StoreException, CryptoException {
    Set<String> named =
        new HashSet<>(database.query("SELECT file FROM watchlist", row -> row.text("file")));
    CryptoException failure = null;
    for (Path file : all()) {
      try {
        if (!named.contains(listOf(file))) {
          remove(file);
        }
      } catch (CryptoException e) {
        failure = failure == null ? e : failure; // One that stays keeps none of the others.
      }
    }
    if (failure != null) {
      throw failure;
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
          "a list cannot be removed", file.toString(), "allow this user to remove it", e);
    }
  }

  /** All files of lists, keys first: without its key a list is unreadable. */
  private List<Path> all() throws CryptoException {
    return all(folder);
  }

  private static List<Path> all(Path folder) throws CryptoException {
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
          "the folder of lists cannot be read",
          folder.toString(),
          "give this user read access to it",
          e);
    }
    files.sort(Comparator.comparing(file -> !file.toString().endsWith(KEY_SUFFIX)));
    return files;
  }

  Path keyOf(String file) {
    return folder.resolve(file + KEY_SUFFIX);
  }

  Path dataOf(String file) {
    return folder.resolve(file + DATA_SUFFIX);
  }
}
