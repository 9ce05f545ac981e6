package org.sightline.edge.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sightline.testkit.BrokerUnavailableException;
import org.sightline.testkit.LoopbackBroker;

/** Real brokers for tests, not yet started; a test without Mosquitto at hand is skipped. */
public final class Mosquitto {
  private Mosquitto() {}

  /** A broker that lets everybody in. */
  public static LoopbackBroker open() throws BrokerUnavailableException {
    return configured(List.of("allow_anonymous true"));
  }

  /** A broker that lets one user in. */
  public static LoopbackBroker withUser(Path folder, String user, String password)
      throws BrokerUnavailableException {
    Path passwords = folder.resolve("passwords");
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/mosquitto_passwd")),
        "mosquitto_passwd is not installed");
    run("mosquitto_passwd", "-c", "-b", passwords.toString(), user, password);
    return configured(List.of("allow_anonymous false", "password_file " + passwords));
  }

  /** A broker with the given lines of mosquitto.conf. */
  public static LoopbackBroker configured(List<String> configuration)
      throws BrokerUnavailableException {
    assumeInstalled();
    return LoopbackBroker.prepare(configuration);
  }

  /**
   * A broker with a whole configuration as it is installed, on a free port, with its files in a
   * folder of the test.
   *
   * @param folder stands for {@code /etc/mosquitto/sightline} and {@code /var/lib/mosquitto}
   */
  public static LoopbackBroker asConfigured(Path configuration, Path folder)
      throws BrokerUnavailableException, IOException {
    assumeInstalled();
    String installed =
        Files.readString(configuration)
            .replace("/etc/mosquitto/sightline/", folder + "/")
            .replace("/var/lib/mosquitto/", folder + "/");
    return LoopbackBroker.of(
        port ->
            installed.replace("listener 8883", "listener %d 127.0.0.1".formatted(port))
                + "log_dest stderr\nuser %s\n".formatted(System.getProperty("user.name")));
  }

  /** Skips the test where there is no Mosquitto. */
  public static void assumeInstalled() {
    assumeTrue(LoopbackBroker.find().isPresent(), "Mosquitto is not installed");
  }

  /** Runs a program to its end, which must be a success. */
  public static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(said);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
