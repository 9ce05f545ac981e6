package org.sightline.edge.deployment;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

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

  private final FileChannel channel;

  private DataFolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the place, making the folder if it is not there.
   *
   * @param patience how long to wait for its holder
   * @throws DeploymentException with {@link DeploymentRefusal.Busy} if it stays taken
   */
  public static DataFolderLock take(Path dataFolder, Duration patience) throws DeploymentException {
    try {
      FileChannel channel = open(dataFolder);
      try {
        if (await(channel, System.nanoTime() + patience.toNanos())) {
          return new DataFolderLock(channel);
        }
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
      channel.close();
      throw new DeploymentException(new DeploymentRefusal.Busy(), dataFolder.toString());
    } catch (IOException e) {
      String reason = e instanceof FileSystemException named ? named.getReason() : null;
      throw new DeploymentException(
          new DeploymentRefusal.FolderUnusable(reason), dataFolder.toString(), e);
    }
  }

  private static FileChannel open(Path dataFolder) throws IOException {
    Files.createDirectories(
        dataFolder,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    return FileChannel.open(
        dataFolder.resolve(FILE),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
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

  /** Empty if another process, or another thread of this one, has it. */
  private static Optional<FileLock> tryLock(FileChannel channel, long position) throws IOException {
    try {
      return Optional.ofNullable(channel.tryLock(position, 1, false));
    } catch (OverlappingFileLockException e) {
      return Optional.empty();
    }
  }

  /** Whether somebody waits for the place; for work that can be left to the next holder. */
  public boolean isWanted() {
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
    }
  }
}
