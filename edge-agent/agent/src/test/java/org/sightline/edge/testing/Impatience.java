package org.sightline.edge.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.sightline.edge.deployment.DataFolderLock;

/** Ends at once the wait of a command for a data folder, as its own patience would after a while. */
public final class Impatience {
  private static final Duration SOON = Duration.ofSeconds(60);

  private Impatience() {}

  /**
   * Runs a command that waits for the data folder, until it does, and then has it wait no longer.
   *
   * @param taken what it waits for
   * @return its result
   */
  public static <T> T of(DataFolderLock taken, Callable<T> command) throws Exception {
    FutureTask<T> result = new FutureTask<>(command);
    Thread waiting = new Thread(result, "impatient");
    waiting.start();
    await().atMost(SOON).until(() -> taken.isWanted() || result.isDone());
    waiting.interrupt();
    return result.get();
  }
}
