package org.sightline.edge.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The log that the service manager keeps. */
final class Journal {
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private Journal() {}

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
