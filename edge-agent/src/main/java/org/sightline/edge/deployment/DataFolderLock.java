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
 * that takes in or destroys a list. Gone with the process that holds it. Whoever has it need not
 * fear that somebody reads or removes a list at the same time.
 */
public final class DataFolderLock implements AutoCloseable {
  private static final String FILE = "folder.lock";
  private static final Duration BETWEEN_TRIES = Duration.ofMillis(50);

  private final FileChannel channel;

  private DataFolderLock(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Takes the place, making the folder if it is not there.
   *
   * @param patience how long to wait for whoever has it
   * @throws DeploymentException with {@link DeploymentRefusal.Busy} if it stays taken
   */
  public static DataFolderLock take(Path dataFolder, Duration patience) throws DeploymentException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      Optional<DataFolderLock> lock = tryLock(dataFolder);
      if (lock.isPresent()) {
        return lock.get();
      }
      try {
        if (System.nanoTime() - deadline < 0) {
          Thread.sleep(BETWEEN_TRIES.toMillis());
          continue;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      throw new DeploymentException(new DeploymentRefusal.Busy(), dataFolder.toString());
    }
  }

  private static Optional<DataFolderLock> tryLock(Path dataFolder) throws DeploymentException {
    try {
      Files.createDirectories(
          dataFolder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      FileChannel channel =
          FileChannel.open(
              dataFolder.resolve(FILE),
              Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      try {
        FileLock lock = channel.tryLock();
        if (lock != null) {
          return Optional.of(new DataFolderLock(channel));
        }
      } catch (OverlappingFileLockException e) {
        // Held by another thread of this process.
      }
      channel.close();
      return Optional.empty();
    } catch (IOException e) {
      String reason = e instanceof FileSystemException named ? named.getReason() : null;
      throw new DeploymentException(
          new DeploymentRefusal.FolderUnusable(reason), dataFolder.toString(), e);
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
