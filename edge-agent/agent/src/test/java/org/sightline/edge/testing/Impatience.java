package org.sightline.edge.testing;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.sightline.edge.deployment.DataFolderLock;

/**
 * Ends at once the wait of a command for a data folder, as its own patience would after a while.
 */
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
    new Thread(result, "impatient").start();
    await().atMost(SOON).until(() -> taken.isWanted() || result.isDone());
    Thread.getAllStackTraces().forEach(Impatience::interruptIfItWaits);
    return result.get();
  }

  /** Some commands wait on a thread of their own. */
  private static void interruptIfItWaits(Thread thread, StackTraceElement[] stack) {
    String lock = DataFolderLock.class.getName();
    if (Stream.of(stack).anyMatch(frame -> frame.getClassName().equals(lock))) {
      thread.interrupt();
    }
  }
}
