package org.sightline.edge.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** By what a process is known from a later one with its number, whatever its clock is set to. */
public final class ProcessStart {
  private static final Pattern SPACE = Pattern.compile(" ");

  /** Of the line in /proc/PID/stat, fields between the name, in parentheses, and the start. */
  private static final int FIELDS_BEFORE = 19;

  private ProcessStart() {}

  /**
   * The run of the machine and the clock tick of it at which a process started; null where the
   * system does not say, and if there is no such process.
   */
  public static @Nullable String of(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      // The name may hold spaces and parentheses.
      return SPACE
          .splitAsStream(stat.substring(stat.lastIndexOf(')') + 1).strip())
          .skip(FIELDS_BEFORE)
          .findFirst()
          .map(ticks -> boot + "/" + ticks)
          .orElse(null);
    } catch (IOException e) {
      return null;
    }
  }
}
