package org.sightline.edge.concurrent;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Threads with a name, none of which keeps the program from ending. */
public final class Threads {
  private Threads() {}

  /** A thread for this work, not yet started. */
  public static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Does one thing after the other, when it is due. */
  public static ScheduledExecutorService scheduler(String name) {
    return Executors.newSingleThreadScheduledExecutor(work -> daemon(name, work));
  }
}
