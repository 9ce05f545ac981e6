package org.sightline.edge.deployment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The one place at work on a data folder: held by the agent as long as it runs, and by a command
 * that imports or destroys a list. Gone with the process that holds it. The holder need not fear
 * that somebody reads or removes a list at the same time.
 */
public final class DataFolderLock implements AutoCloseable {
  private static final String FILE = "folder.lock";
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  /** The byte that the holder of the place locks. */
  private static final long HELD = 0;

  /** The byte that is locked by one who waits for it. */
  private static final long WANTED = 1;

  /**
   * The folders whose place this process has. Nobody here opens the file of one of them: closing it
   * would release what another thread has locked, as fcntl(2) has it.
   */
  private static final Set<Path> TAKEN_HERE = ConcurrentHashMap.newKeySet();

  /** How many threads of this process wait for each of them. */
  private static final Map<Path, Integer> WANTED_HERE = new ConcurrentHashMap<>();

  private final Path folder;
  private final FileChannel channel;

  private DataFolderLock(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /**
   * Takes the place, making the folder if it is not there.
   *
   * @param patience how long to wait for its holder
   * @throws DeploymentException with {@link DeploymentRefusal.Busy} if it stays taken
   */
  public static DataFolderLock take(Path dataFolder, Duration patience) throws DeploymentException {
    long deadline = System.nanoTime() + patience.toNanos();
    try {
      Path folder = made(dataFolder);
      if (takenHere(folder, deadline)) {
        FileChannel channel = locked(folder, deadline);
        if (channel != null) {
          return new DataFolderLock(folder, channel);
        }
      }
      throw new DeploymentException(new DeploymentRefusal.Busy(), dataFolder.toString());
    } catch (IOException e) {
      String reason = e instanceof FileSystemException named ? named.getReason() : null;
      throw new DeploymentException(
          new DeploymentRefusal.FolderUnusable(reason), dataFolder.toString(), e);
    }
  }

  private static Path made(Path dataFolder) throws IOException {
    Files.createDirectories(
        dataFolder,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return dataFolder.toRealPath();
  }

  /** Whether no other thread of this process has it, or any more. */
  private static boolean takenHere(Path folder, long deadline) {
    if (TAKEN_HERE.add(folder)) {
      return true;
    }
    WANTED_HERE.merge(folder, 1, Integer::sum);
    try {
      while (!TAKEN_HERE.add(folder)) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        Thread.sleep(BETWEEN_TRIES.toMillis());
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      WANTED_HERE.computeIfPresent(folder, (key, number) -> number > 1 ? number - 1 : null);
    }
  }

  /** The file with the holder's byte locked; null if another process has it. */
  private static @Nullable FileChannel locked(Path folder, long deadline) throws IOException {
    FileChannel channel = null;
    boolean had = false;
    try {
      channel =
          FileChannel.open(
              folder.resolve(FILE),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      had = await(channel, deadline);
      return had ? channel : null;
    } finally {
      if (!had) {
        if (channel != null) {
          channel.close();
        }
        TAKEN_HERE.remove(folder);
      }
    }
  }

  /** Whether the place was had in time; meanwhile the holder can see that it is wanted. */
  private static boolean await(FileChannel channel, long deadline) throws IOException {
    Optional<FileLock> wish = Optional.empty();
    try {
      while (tryLock(channel, HELD).isEmpty()) {
        if (System.nanoTime() - deadline >= 0) {
          return false;
        }
        if (wish.isEmpty()) {
          wish = tryLock(channel, WANTED);
        }
        Thread.sleep(BETWEEN_TRIES.toMillis());
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      if (wish.isPresent()) {
        wish.get().release();
      }
    }
  }

  /** Empty if another process has it. */
  private static Optional<FileLock> tryLock(FileChannel channel, long position) throws IOException {
    return Optional.ofNullable(channel.tryLock(position, 1, false));
  }

  /** Whether somebody waits for the place; for work that can be left to the next holder. */
  public boolean isWanted() {
    if (WANTED_HERE.containsKey(folder)) {
      return true;
    }
    try {
      Optional<FileLock> wish = tryLock(channel, WANTED);
      if (wish.isPresent()) {
        wish.get().release();
      }
      return wish.isEmpty();
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // It is gone with the process at the latest.
    } finally {
      TAKEN_HERE.remove(folder);
    }
  }
}
