package org.sightline.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.core.server.embedded.Main;
import org.awaitility.core.ConditionTimeoutException;

/** An Artemis broker as a process of its own, with its settings, data and log in one folder. */
final class BrokerProcess implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(60);

  private final Path log;
  private final Process process;

  private BrokerProcess(Path log, Process process) {
    this.log = log;
    this.process = process;
  }

  /**
   * Starts one; what an earlier one left in the folder is its data.
   *
   * @param settings a broker.xml
   * @param properties that are in it as <code>${...}</code>, but for the folder of the data
   */
  static BrokerProcess start(Path settings, Path folder, Map<String, String> properties)
      throws IOException {
    Path etc = Files.createDirectories(folder.resolve("etc"));
    Files.writeString(etc.resolve("broker.xml"), Files.readString(settings));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Lives for a minute, on few cores.
    command.addAll(List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.add("-Dlogback.configurationFile=broker-logback.xml");
    command.add("-Ddata=" + folder.resolve("data"));
    properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(Main.class.getName());
    command.add(folder.toString());
    Path log = Files.createTempFile(folder, "broker", ".log");
    return new BrokerProcess(
        log,
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
  }

  /** Waits until its log has a message, given by its code, so many times. */
  void awaitSaid(String code, int times) throws IOException {
    try {
      await("broker says " + code)
          .atMost(STARTING)
          .pollInterval(Duration.ofMillis(200))
          .until(() -> !process.isAlive() || Files.readString(log).split(code, -1).length > times);
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(e.getMessage() + "; its log: " + Files.readString(log), e);
    }
    assertThat(process.isAlive()).as("the broker has ended: %s", Files.readString(log)).isTrue();
  }

  /** Ends it with SIGKILL. */
  void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
