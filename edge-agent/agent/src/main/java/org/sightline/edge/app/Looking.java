package org.sightline.edge.app;

import java.time.Duration;
import org.sightline.edge.concurrent.Threads;

/** Looks ten times a second whether there is something to do, on a thread of its own. */
final class Looking implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final Thread thread;
  private volatile boolean closing;

  private Looking(String name, Runnable look) {
    this.thread = Threads.daemon(name, () -> run(look));
  }

  /**
   * Begins.
   *
   * @param name of the thread
   * @param look throws nothing
   */
  static Looking start(String name, Runnable look) {
    Looking looking = new Looking(name, look);
    looking.thread.start();
    return looking;
  }

  private void run(Runnable look) {
    try {
      while (!closing) {
        look.run();
        Thread.sleep(INTERVAL.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits until the last look is over. */
  @Override
  public void close() {
    closing = true;
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
