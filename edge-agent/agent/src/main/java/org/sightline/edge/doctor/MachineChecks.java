package org.sightline.edge.doctor;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightline.edge.app.Release;

/** The machine itself, whatever it is set up for. */
final class MachineChecks {
  private static final int OLDEST_JAVA = 17;
  private static final long NEEDED_MIB = 1024;
  private static final Pattern AVAILABLE = Pattern.compile("(?m)^MemAvailable:\\s+(\\d+) kB$");
  private static final Path MEMORY = Path.of("/proc/meminfo");
  private static final Path SWAPS = Path.of("/proc/swaps");
  private static final String SERVICE = "sightline-agent.service";

  private MachineChecks() {}

  static List<Check> all() {
    return List.of(
        new Check("release", MachineChecks::release),
        new Check("java", MachineChecks::java),
        new Check("memory", MachineChecks::memory),
        new Check("swap", MachineChecks::swap),
        new Check("clock", MachineChecks::clock),
        new Check("service", MachineChecks::service));
  }

  private static List<Finding> release() {
    return List.of(
        Release.running()
            .map(
                release ->
                    Finding.held(
                        "release",
                        release.fieldTested(),
                        Verdict.LOOK,
                        new Finding.Measured(
                            release.version()
                                + (release.fieldTested() ? ", field-tested" : ", no baseline"),
                            "field-tested, for a live deployment"),
                        "sudo sightline-update baseline FILE, or open exercises alone"))
            .orElseGet(
                () ->
                    Finding.untested(
                        "release", "built on a box, and not released: no baseline is asked for")));
  }

  private static List<Finding> java() {
    return List.of(
        Finding.held(
            "java",
            Runtime.version().feature() >= OLDEST_JAVA,
            Verdict.BAD,
            new Finding.Measured(Runtime.version().toString(), "at least " + OLDEST_JAVA),
            "install a newer Java"));
  }

  private static List<Finding> memory() throws IOException {
    Matcher found = AVAILABLE.matcher(read(MEMORY));
    if (!found.find()) {
      return List.of(Finding.untested("memory", "the system does not say how much is free"));
    }
    long mib = Long.parseLong(found.group(1)) >> 10;
    return List.of(
        Finding.held(
            "memory",
            mib >= NEEDED_MIB,
            Verdict.LOOK,
            new Finding.Measured(mib + " MiB free", "at least " + NEEDED_MIB + " MiB"),
            "end other programs, or use fewer cameras"));
  }

  /** What is in memory may be written to it: templates, pictures and keys. */
  private static List<Finding> swap() throws IOException {
    if (!Files.isReadable(SWAPS)) {
      return List.of(Finding.untested("swap", "the system does not say what it swaps to"));
    }
    List<String> inClear =
        read(SWAPS)
            .lines()
            .skip(1)
            .map(line -> line.split("\\s+", 2)[0])
            .filter(device -> !device.startsWith("/dev/zram") && !encrypted(device))
            .toList();
    return List.of(
        inClear.isEmpty()
            ? Finding.good("swap", "none that lies on a disk in the clear")
            : Finding.look(
                "swap",
                "on " + String.join(", ", inClear),
                "none, compressed memory or an encrypted device",
                "swapoff it: what is in memory must not come to lie on a disk"));
  }

  /** Whether the device mapper encrypts it, by the name that cryptsetup gives such a device. */
  private static boolean encrypted(String device) {
    try {
      Path name = Path.of(device).toRealPath().getFileName();
      return read(Path.of("/sys/block", String.valueOf(name), "dm/uuid")).startsWith("CRYPT-");
    } catch (IOException e) {
      return false;
    }
  }

  private static List<Finding> clock() throws InterruptedException {
    String answer = said("timedatectl", "show", "--property=NTPSynchronized", "--value");
    return List.of(
        switch (answer) {
          case "yes" -> Finding.good("clock", "synchronised");
          case "no" ->
              Finding.look(
                  "clock",
                  "not synchronised",
                  "synchronised with a time server",
                  "connect the box to its network and see: timedatectl status");
          default ->
              Finding.untested("clock", "the system does not say whether it is synchronised");
        });
  }

  private static List<Finding> service() throws InterruptedException {
    String state = said("systemctl", "is-enabled", SERVICE);
    String active = said("systemctl", "is-active", SERVICE);
    if (state.isEmpty() || state.equals("not-found")) {
      return List.of(Finding.untested("service", SERVICE + " is not known to a service manager"));
    }
    boolean failed = active.equals("failed");
    return List.of(
        Finding.held(
            "service",
            state.equals("enabled") && !failed,
            failed ? Verdict.BAD : Verdict.LOOK,
            new Finding.Measured(state + ", " + active, "enabled, not failed"),
            failed
                ? "see: journalctl -u " + SERVICE
                : "it does not start with the box: systemctl enable " + SERVICE));
  }

  private static String read(Path file) throws IOException {
    return Files.isReadable(file) ? Files.readString(file) : "";
  }

  /** The first line that a program prints; empty if there is no such program or it fails. */
  private static String said(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return "";
      }
      return new String(process.getInputStream().readNBytes(1024), StandardCharsets.UTF_8)
          .lines()
          .findFirst()
          .orElse("")
          .strip()
          .toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      return "";
    }
  }
}
