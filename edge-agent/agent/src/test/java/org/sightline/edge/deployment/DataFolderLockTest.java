package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderLockTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path folder;

  private DataFolderLock take(Duration patience) {
    try {
      return DataFolderLock.take(folder, patience);
    } catch (DeploymentException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void nobodyWantsWhatNobodyWaitsFor() {
    try (DataFolderLock lock = take(Duration.ZERO)) {
      assertThat(lock.isWanted()).isFalse();
    }
  }

  @Test
  void whoHasItSeesThatAnotherWaits() {
    CompletableFuture<DataFolderLock> other;
    try (DataFolderLock lock = take(Duration.ZERO)) {
      other = CompletableFuture.supplyAsync(() -> take(SOON));
      await().atMost(SOON).until(lock::isWanted);
    }
    other.join().close();
  }

  @Test
  void whoHasWaitedNoLongerDoes() {
    CompletableFuture<DataFolderLock> other;
    try (DataFolderLock lock = take(Duration.ZERO)) {
      other = CompletableFuture.supplyAsync(() -> take(SOON));
      await().atMost(SOON).until(lock::isWanted);
    }
    try (DataFolderLock lock = other.join()) {
      assertThat(lock.isWanted()).isFalse();
    }
  }

  @Test
  void whoseTimeIsUpDoesNotGetIt() {
    try (DataFolderLock lock = take(Duration.ZERO)) {
      assertThat(lock).isNotNull();

      assertThatThrownBy(() -> DataFolderLock.take(folder, Duration.ofMillis(200)))
          .isInstanceOf(DeploymentException.class)
          .hasMessageStartingWith("an agent or another command is using this data folder");
    }
  }

  /** A lock of fcntl(2) is gone as soon as its process closes the file, whichever thread does. */
  @Test
  void whoDoesNotGetItLeavesItsHolderAsItWas() throws Exception {
    try (DataFolderLock lock = take(Duration.ZERO)) {
      assertThatThrownBy(() -> DataFolderLock.take(folder, Duration.ZERO))
          .isInstanceOf(DeploymentException.class);

      assertThat(locksOfThisProcess()).contains("POSIX");
      assertThat(lock).isNotNull();
    }
  }

  /** What the kernel says of the file of the place. */
  private String locksOfThisProcess() throws Exception {
    long inode = (long) Files.getAttribute(folder.resolve("folder.lock"), "unix:ino");
    return Files.readAllLines(Path.of("/proc/locks")).stream()
        .filter(line -> line.contains(":" + inode + " "))
        .collect(Collectors.joining("\n"));
  }
}
