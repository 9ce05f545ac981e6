package org.sightline.edge.testing.booted;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * This machine's own files under a service manager of their own, which is really booted, in a
 * container whose changes are kept in memory and forgotten. The network is this machine's. Wants
 * root; where it cannot be had, the test is skipped.
 */
public final class BootedMachine implements AutoCloseable {
  private static final String TARGET = "bare.target";
  private static final long LONGEST_BOOT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Path memory;
  private final Process container;
  private long manager;

  /** What a command came to. */
  public record Ended(int code, String out) {}

  private BootedMachine(Path memory, Process container) {
    this.memory = memory;
    this.container = container;
  }

  /** Prepares the files in an empty folder; {@link #boot} starts it. */
  public static Path files(Path folder) throws Exception {
    assumeTrue(succeeds("systemd-nspawn", "--version"), "there is no systemd-nspawn");
    Files.createDirectories(folder);
    assumeTrue(
        succeeds("mount", "-t", "tmpfs", "tmpfs", folder.toString()), "this user may not mount");
    for (String each : List.of("upper", "work", "root")) {
      Files.createDirectory(folder.resolve(each));
    }
    String layers =
        "lowerdir=/,upperdir=%1$s/upper,workdir=%1$s/work".formatted(folder.toAbsolutePath());
    Path root = folder.resolve("root");
    if (!succeeds("mount", "-t", "overlay", "overlay", "-o", layers, root.toString())) {
      succeeds("umount", "-l", folder.toString());
      abort("this kernel lays no file system over another");
    }
    // No service of this machine runs there.
    Files.writeString(
        Files.createDirectories(root.resolve("etc/systemd/system")).resolve(TARGET),
        "[Unit]\nRequires=sysinit.target dbus.socket\nAfter=sysinit.target\nAllowIsolate=yes\n");
    return root;
  }

  /**
   * Boots what {@link #files} has prepared and returns when its service manager answers. All but
   * {@code /var} and what lies in memory can be read alone there.
   *
   * @param environment of the service manager
   */
  public static BootedMachine boot(Path root, Map<String, String> environment) throws Exception {
    Path memory = root.getParent();
    List<String> command =
        new ArrayList<>(
            List.of(
                "systemd-nspawn",
                "--quiet",
                "--directory=" + root,
                "--boot",
                "--read-only",
                "--bind=" + root.resolve("var") + ":/var",
                "--register=no",
                "--keep-unit",
                "--link-journal=no",
                "--machine=sightline-test-" + ProcessHandle.current().pid(),
                "--console=pipe"));
    environment.forEach((name, value) -> command.add("--setenv=" + name + "=" + value));
    command.add("systemd.unit=" + TARGET);
    Process container =
        new ProcessBuilder(command)
            .redirectInput(ProcessBuilder.Redirect.PIPE)
            .redirectErrorStream(true)
            .redirectOutput(memory.resolve("console").toFile())
            .start();
    BootedMachine machine = new BootedMachine(memory, container);
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < LONGEST_BOOT_NANOS && container.isAlive()) {
      machine.manager =
          container.children().map(ProcessHandle::pid).findFirst().orElse(machine.manager);
      if (machine.manager != 0 && machine.run("systemctl", "is-active", TARGET).code() == 0) {
        machine.mount("-o", "remount,bind,rw", "/var");
        return machine;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    String console = Files.readString(memory.resolve("console"));
    machine.close();
    return abort("no service manager can be booted here: " + console.strip());
  }

  /** Runs a command in it to its end. */
  public Ended run(String... command) throws Exception {
    Process process = start(command);
    String out = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), out);
  }

  /** Starts a command in it. */
  public Process start(String... command) throws IOException {
    List<String> inside = new ArrayList<>(List.of("nsenter", "--all"));
    inside.add("--target=" + manager);
    inside.addAll(List.of(command));
    return new ProcessBuilder(inside).redirectErrorStream(true).start();
  }

  private void mount(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("mount"));
    command.addAll(List.of(arguments));
    Ended mounted = run(command.toArray(String[]::new));
    if (mounted.code() != 0) {
      throw new IOException(mounted.out());
    }
  }

  /** What the service manager says of a unit. */
  public String property(String unit, String name) throws Exception {
    return run("systemctl", "show", "--property=" + name, "--value", unit).out().strip();
  }

  /** The log of a unit. */
  public String log(String unit) throws Exception {
    return run("journalctl", "--no-pager", "--output=cat", "--unit=" + unit).out();
  }

  private static boolean succeeds(String... command) throws Exception {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    container.descendants().forEach(ProcessHandle::destroyForcibly);
    container.destroyForcibly().onExit().join();
    for (Path mounted : List.of(memory.resolve("root"), memory)) {
      new ProcessBuilder("umount", "-l", mounted.toString()).start().onExit().join();
    }
  }
}
