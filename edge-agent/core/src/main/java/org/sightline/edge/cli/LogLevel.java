package org.sightline.edge.cli;

import ch.qos.logback.classic.Level;
import org.slf4j.LoggerFactory;

/** How much is said while a command runs. */
public final class LogLevel {
  private LogLevel() {}

  /** A service says what it does; a command says only what went wrong. */
  public static void ofAService() {
    if (System.getenv("SIGHTLINE_LOG_LEVEL") == null
        && LoggerFactory.getLogger("org.sightline") instanceof ch.qos.logback.classic.Logger log) {
      log.setLevel(Level.INFO);
    }
    Journal.attach(System.getenv());
  }
}
