package org.sightline.edge.cli;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.sightline.edge.domain.SystemWords;
import org.sightline.edge.health.JournalAppender;
import org.slf4j.LoggerFactory;

/** The log that the service manager keeps. */
final class Journal {
  private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Journal.class);
  private static final Path SOCKET = Path.of("/run/systemd/journal/socket");
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private Journal() {}

  /**
   * Has the log go there with fields, instead of line by line, if that is where standard error
   * goes.
   */
  static void attach(Map<String, String> environment) {
    if (isStandardError(environment)
        && Files.exists(SOCKET)
        && LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME) instanceof Logger root
        && root.getAppender("STDERR") instanceof ConsoleAppender<ILoggingEvent> lines) {
      attach(SOCKET, root, lines);
    }
  }

  private static void attach(Path socket, Logger root, ConsoleAppender<ILoggingEvent> lines) {
    try {
      JournalAppender journal = new JournalAppender(socket, lines.getEncoder(), lines);
      journal.setContext(root.getLoggerContext());
      journal.setName("JOURNAL");
      journal.start();
      root.addAppender(journal);
      root.detachAppender(lines);
    } catch (IOException e) {
      LOG.warn("The log has no fields: {}", SystemWords.of(e));
    }
  }

  /**
   * Whether standard error goes there. A terminal that was opened by a service inherits the
   * variable, too; so what it names is compared, as systemd.exec(5) asks for.
   *
   * @param environment {@code JOURNAL_STREAM} holds device and inode of the stream
   */
  static boolean isStandardError(Map<String, String> environment) {
    String stream = environment.get("JOURNAL_STREAM");
    if (stream == null) {
      return false;
    }
    try {
      Map<String, Object> file = Files.readAttributes(STANDARD_ERROR, "unix:dev,ino");
      return stream.equals(file.get("dev") + ":" + file.get("ino"));
    } catch (IOException e) {
      return false;
    }
  }
}
