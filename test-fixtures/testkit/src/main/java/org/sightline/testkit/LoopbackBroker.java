package org.sightline.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A throw-away Mosquitto on a free port of the loopback interface. The port stays the same over
 * stops and starts. Not thread-safe.
 */
public final class LoopbackBroker implements AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(10);
  private static final Duration STOPPING = Duration.ofSeconds(60);

  private final Path program;
  private final Path folder;
  private final int port;
  private @Nullable Process process;

  private LoopbackBroker(Path program, Path folder, int port) {
    this.program = program;
    this.folder = folder;
    this.port = port;
  }

  /**
   * A broker that lets everybody in, started.
   *
   * @throws BrokerUnavailableException if Mosquitto is not installed or does not start
   */
  public static LoopbackBroker open() throws BrokerUnavailableException {
    LoopbackBroker broker = prepare(List.of("allow_anonymous true"));
    try {
      broker.start();
      return broker;
    } catch (BrokerUnavailableException e) {
      broker.close();
      throw e;
    }
  }

  /**
   * A broker yet to be started.
   *
   * @param configuration lines of mosquitto.conf for its listener, for access and TLS
   */
  public static LoopbackBroker prepare(List<String> configuration)
      throws BrokerUnavailableException {
    return of(
        port ->
            """
            listener %d 127.0.0.1
            persistence false
            log_dest stderr
            user %s
            """
                    .formatted(port, System.getProperty("user.name"))
                + String.join("\n", configuration)
                + "\n");
  }

  /**
   * A broker yet to be started.
   *
   * @param configuration the whole of mosquitto.conf, for the port it is to listen on
   */
  public static LoopbackBroker of(IntFunction<String> configuration)
      throws BrokerUnavailableException {
    Path program =
        find()
            .orElseThrow(
                () ->
                    new BrokerUnavailableException(
                        "Mosquitto is not installed",
                        "mosquitto, on the PATH or in /usr/sbin",
                        "apt-get install mosquitto",
                        null));
    try {
      int port = LoopbackPorts.free();
      Path folder = Files.createTempDirectory("sightline-broker");
      Files.writeString(folder.resolve("mosquitto.conf"), configuration.apply(port));
      return new LoopbackBroker(program, folder, port);
    } catch (IOException e) {
      throw new BrokerUnavailableException(
          "the broker's configuration cannot be written",
          System.getProperty("java.io.tmpdir"),
          "make room there",
          e);
    }
  }

  /** Where Mosquitto is installed, if it is. */
  public static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.concat(Stream.of(path.split(":", -1)), Stream.of("/usr/sbin"))
        .filter(folder -> !folder.isEmpty())
        .map(folder -> Path.of(folder, "mosquitto"))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Its address, {@code mqtt://127.0.0.1:port}. */
  public URI uri() {
    return URI.create("mqtt://127.0.0.1:" + port);
  }

  /** Its port. */
  public int port() {
    return port;
  }

  /**
   * Starts it; returns when it takes connections.
   *
   * @throws BrokerUnavailableException if it does not start
   */
  public void start() throws BrokerUnavailableException {
    Path log = folder.resolve("mosquitto.log");
    try {
      Process started =
          new ProcessBuilder(program.toString(), "-c", folder.resolve("mosquitto.conf").toString())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      process = started;
      long deadline = System.nanoTime() + STARTING.toNanos();
      while (!takesConnections()) {
        if (!started.isAlive() || System.nanoTime() - deadline > 0) {
          List<String> lines = Files.readAllLines(log);
          throw new BrokerUnavailableException(
              "the broker does not start",
              uri().toString(),
              "Mosquitto says: " + (lines.isEmpty() ? "nothing" : lines.get(lines.size() - 1)),
              null);
        }
        TimeUnit.MILLISECONDS.sleep(20);
      }
    } catch (BrokerUnavailableException e) {
      throw e;
    } catch (IOException e) {
      throw new BrokerUnavailableException(
          "the broker does not start", program.toString(), "see that it runs by hand", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BrokerUnavailableException(
          "the start of the broker was interrupted", uri().toString(), "try again", e);
    }
  }

  private boolean takesConnections() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /** Ends it as a service is ended, when it has saved what it keeps. */
  public void stop() {
    end(Process::destroy);
  }

  /** Ends it with SIGKILL. */
  public void kill() {
    end(Process::destroyForcibly);
  }

  /** Stops it from answering while its connections stay open. */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** Lets it continue. */
  public void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    Process running = process;
    if (running != null) {
      new ProcessBuilder("kill", name, String.valueOf(running.pid())).start().waitFor();
    }
  }

  private void end(Consumer<Process> how) {
    Process running = process;
    process = null;
    if (running == null) {
      return;
    }
    how.accept(running);
    try {
      if (!running.waitFor(STOPPING.toMillis(), TimeUnit.MILLISECONDS)) {
        running.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      running.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Ends it and removes its configuration. */
  @Override
  public void close() {
    stop();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
      Files.delete(folder);
    } catch (IOException e) {
      // A configuration without secrets that stays in the temporary folder does no harm.
    }
  }
}
