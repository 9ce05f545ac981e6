package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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
}
