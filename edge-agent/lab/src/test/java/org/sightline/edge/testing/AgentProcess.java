package org.sightline.edge.testing;

import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sightline.edge.cli.Sightline;

/** The agent as a process of its own, whose temporary files and log lie beside its settings. */
public final class AgentProcess implements AutoCloseable {
  private static final Duration LONGEST = Duration.ofMinutes(2);

  private final Process process;
  private final Path log;

  private AgentProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts {@code sightline run --config FILE}. */
  public static AgentProcess run(Path settings) throws Exception {
    Path folder = settings.toAbsolutePath().getParent();
    Path temporary = Files.createDirectories(folder.resolve("tmp"));
    Path log = Files.createTempFile(folder, "agent", ".log");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
                "-Dsightline.ended=" + System.getProperty("sightline.ended"),
                "-cp",
                System.getProperty("java.class.path"),
                Sightline.class.getName(),
                "run",
                "--config",
                settings.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    return new AgentProcess(process, log);
  }

  /** All it has said on both of its outputs. */
  public String said() throws Exception {
    return Files.readString(log);
  }

  /** The files on disk, removed ones too, that it may write to at this moment. */
  public List<Path> openForWriting() throws Exception {
    Path self = Path.of("/proc", String.valueOf(process.pid()));
    List<Path> files = new ArrayList<>();
    try (Stream<Path> descriptors = Files.list(self.resolve("fd"))) {
      for (Path descriptor : descriptors.toList()) {
        try {
          Path file = Files.readSymbolicLink(descriptor);
          String flags =
              Files.readAllLines(self.resolve("fdinfo").resolve(descriptor.getFileName())).get(1);
          boolean writable = (Integer.parseInt(flags.replaceFirst("flags:\\s*", ""), 8) & 3) != 0;
          if (writable && file.isAbsolute() && !file.startsWith("/dev")) {
            files.add(file);
          }
        } catch (NoSuchFileException e) {
          // It has been closed meanwhile.
        }
      }
    }
    return files;
  }

  /** Ends it with SIGKILL. */
  public void kill() throws Exception {
    process.destroyForcibly().waitFor();
  }

  /** Asks it to end, with SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end and returns the exit code. */
  public int exitCode() throws Exception {
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the agent does not end: " + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
