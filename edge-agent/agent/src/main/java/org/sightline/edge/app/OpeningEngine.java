package org.sightline.edge.app;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.pipeline.Engine;

/**
 * Networks that are opened on a thread of their own, beside what else a start has to do: native
 * libraries and graphs take about as long as cameras and list. Thread-safe.
 */
final class OpeningEngine implements AutoCloseable {
  private final CompletableFuture<Engine> engine = new CompletableFuture<>();

  /** How to open. */
  interface Opening {
    Engine open() throws SightlineException;
  }

  /** Begins at once. */
  OpeningEngine(Opening opening) {
    new Thread(() -> open(opening), "networks").start();
  }

  private void open(Opening opening) {
    try {
      engine.complete(opening.open());
    } catch (SightlineException | RuntimeException | Error e) {
      engine.completeExceptionally(e);
    }
  }

  /**
   * Waits for the networks; closing them stays with {@link #close()}.
   *
   * @throws SightlineException if they could not be opened
   */
  Engine await() throws SightlineException {
    try {
      return engine.join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof SightlineException known) {
        throw known;
      }
      throw failed;
    }
  }

  /** Waits for the networks and closes them, if they could be opened. */
  @Override
  public void close() {
    engine
        .handle(
            (opened, failure) -> {
              if (opened != null) {
                opened.close();
              }
              return failure;
            })
        .join();
  }
}
