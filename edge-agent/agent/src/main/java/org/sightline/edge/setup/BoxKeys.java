package org.sightline.edge.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** The keys of a box, which are made once. */
final class BoxKeys {
  private static final String MEMORY = "/dev/shm";
  private static final long PATIENCE_SECONDS = 60;

  private BoxKeys() {}

  /**
   * Makes the keys if there are none, sealed to this machine, and their public identity. They lie
   * in memory alone until they are sealed.
   *
   * @param sealed ends with {@code .cred}; its name before that is the credential's
   */
  static void seal(Path sealed, Path identity) throws SightlineException {
    if (Files.exists(sealed)) {
      return;
    }
    String name = sealed.getFileName().toString().replaceFirst("\\.cred$", "");
    try {
      Path memory =
          Files.createTempDirectory(
              Path.of(MEMORY),
              "sightline",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Path key = memory.resolve("key");
      Path next = sealed.resolveSibling("." + sealed.getFileName() + ".new");
      try (DeviceKeys keys = DeviceKeys.generate()) {
        keys.writeTo(key);
        run("systemd-creds", "encrypt", "--name=" + name, key.toString(), next.toString());
        publish(keys, identity);
        Files.move(next, sealed);
      } finally {
        Files.deleteIfExists(key);
        Files.deleteIfExists(memory);
        Files.deleteIfExists(next);
      }
    } catch (IOException e) {
      throw unsealed(sealed, String.valueOf(e.getMessage()), e);
    }
  }

  /** The same in a key file, as for an exercise. */
  static void make(Path file, Path identity) throws SightlineException {
    if (Files.exists(file)) {
      if (!Files.exists(identity)) {
        try (DeviceKeys keys = DeviceKeys.read(file)) {
          keys.identity().writeTo(identity);
        }
      }
      return;
    }
    try (DeviceKeys keys = DeviceKeys.generate()) {
      publish(keys, identity);
      keys.writeTo(file);
    }
  }

  /** First, so that keys are never there without it; one of keys that never were is replaced. */
  private static void publish(DeviceKeys keys, Path identity) throws SightlineException {
    try {
      Files.deleteIfExists(identity);
    } catch (IOException e) {
      throw unsealed(identity, String.valueOf(e.getMessage()), e);
    }
    keys.identity().writeTo(identity);
  }

  private static void run(String... command) throws IOException, SightlineException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      process.getOutputStream().close();
      String said = new String(process.getInputStream().readNBytes(4096), UTF_8).strip();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw unsealed(
            Path.of(command[command.length - 1]), said.replaceAll("\\s*\\R\\s*", "; "), null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } finally {
      process.destroyForcibly();
    }
  }

  private static SightlineException unsealed(Path file, String why, @Nullable IOException cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "the keys of the box could not be sealed: " + why,
        file.toString(),
        "run this as root on a machine with systemd 250 or newer; for exercises alone: --no-seal",
        cause);
  }
}
