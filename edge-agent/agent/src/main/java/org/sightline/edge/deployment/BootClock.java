package org.sightline.edge.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** Time since the machine started, which nobody can set; it continues while the machine sleeps. */
interface BootClock {
  /** A name for this run of the machine; another one after each restart. */
  String boot();

  /** Time since the machine started. */
  Duration uptime();

  /**
   * The kernel's: {@code /proc/sys/kernel/random/boot_id} and {@code /proc/uptime}. Where they
   * cannot be read, the time of this process, as if the machine had started with it.
   */
  static BootClock system() {
    try {
      String boot = Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
      Duration atStart = kernelUptime();
      long startNanos = System.nanoTime();
      return new BootClock() {
        @Override
        public String boot() {
          return boot;
        }

        @Override
        public Duration uptime() {
          try {
            return kernelUptime();
          } catch (IOException e) {
            return atStart.plusNanos(System.nanoTime() - startNanos);
          }
        }
      };
    } catch (IOException e) {
      return ofProcess();
    }
  }

  private static Duration kernelUptime() throws IOException {
    String line = Files.readString(Path.of("/proc/uptime"));
    try {
      return Duration.ofMillis(
          Math.round(1000 * Double.parseDouble(line.substring(0, line.indexOf(' ')))));
    } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
      throw new IOException("an uptime is a number of seconds", e);
    }
  }

  private static BootClock ofProcess() {
    String boot = UUID.randomUUID().toString();
    long startNanos = System.nanoTime();
    return new BootClock() {
      @Override
      public String boot() {
        return boot;
      }

      @Override
      public Duration uptime() {
        return Duration.ofNanos(System.nanoTime() - startNanos);
      }
    };
  }
}
