package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.testing.Endurance;

/**
 * A process that imports and destroys lists, killed with SIGKILL at random moments of all its
 * stages: afterwards there is the first list, the second, or none; nothing else, and nothing
 * readable.
 */
class KilledImportTest {
  private static final int KILLS = Endurance.times(10, 100);

  /** Boxes that are killed side by side. */
  private static final int BOXES = 2;

  @TempDir private Path folder;

  @Test
  void thereIsTheOldListTheNewListOrNone() throws Exception {
    Map<DeploymentState, Integer> found = new EnumMap<>(DeploymentState.class);
    ExecutorService threads = Executors.newFixedThreadPool(BOXES);
    try {
      List<Future<List<DeploymentState>>> boxes = new ArrayList<>();
      for (int box = 0; box < BOXES; box++) {
        Victim victim = new Victim(Files.createDirectory(folder.resolve("box-" + box)), box);
        boxes.add(threads.submit(() -> victim.statesAfterKills(KILLS / BOXES)));
      }
      for (Future<List<DeploymentState>> box : boxes) {
        box.get().forEach(state -> found.merge(state, 1, Integer::sum));
      }
    } finally {
      threads.shutdownNow();
    }
    // Otherwise the moments were not spread over both.
    assertThat(found.keySet())
        .contains(DeploymentState.CLOSED, DeploymentState.AUTHORISED, DeploymentState.DESTROYED);
  }
}
