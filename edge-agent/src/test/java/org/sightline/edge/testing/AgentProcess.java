package org.sightline.edge.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
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
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + temporary,
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

  /** Ends it with SIGKILL. */
  public void kill() throws Exception {
    process.destroyForcibly().waitFor();
  }

  /** Tells it to end, with SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Waits for its end and returns the exit code. */
  public int exitCode() throws Exception {
    if (!process.waitFor(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("the agent goes on and on: " + said());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
