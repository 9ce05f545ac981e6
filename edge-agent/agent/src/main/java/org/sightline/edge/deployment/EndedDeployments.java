package org.sightline.edge.deployment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.deployment.DeploymentStatus.End;
import org.sightline.edge.domain.DeploymentId;

/**
 * Which deployments are over on this device, whatever becomes of a data folder: one small file for
 * each, outside every data folder and signed by the device. So neither another data folder nor a
 * copy from before brings a deployment back, and an end is known where the data file cannot be
 * written. The name alone counts: a file that a full disk has left empty, or that was altered, says
 * "over" all the same. What was noted in this process counts even if no file could be made.
 * Thread-safe.
 */
final class EndedDeployments {
  private static final String TYPE = "application/vnd.sightline.ended-deployment.v1+json";

  private final Path folder;
  private final Optional<Path> before;
  private final DeviceKeys device;
  private final Map<DeploymentId, End> noted = new ConcurrentHashMap<>();

  /** What a file holds. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Ended(DeploymentId deployment, Sha256 device, String reason, String by, Instant at) {}

  EndedDeployments(Path folder, DeviceKeys device) {
    this(folder, EndedFolder.before(folder), device);
  }

  /**
   * @param before where notes may have been made earlier; nothing is written there
   */
  EndedDeployments(Path folder, Optional<Path> before, DeviceKeys device) {
    this.folder = folder;
    this.before = before;
    this.device = device;
  }

  /**
   * How a deployment came to be over; empty if it is not known to be.
   *
   * @throws DeploymentException if that cannot be read
   */
  Optional<End> of(DeploymentId deployment) throws DeploymentException {
    End known = noted.get(deployment);
    if (known != null) {
      return Optional.of(known);
    }
    try {
      Optional<End> end = in(folder, deployment).or(() -> earlier(deployment));
      end.ifPresent(it -> noted.put(deployment, it));
      return end;
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private Optional<End> earlier(DeploymentId deployment) {
    try {
      return before.isEmpty() ? Optional.empty() : in(before.get(), deployment);
    } catch (IOException e) {
      // Whoever cannot look there has not written there either.
      return Optional.empty();
    }
  }

  private Optional<End> in(Path place, DeploymentId deployment) throws IOException {
    Path file = place.resolve(nameOf(deployment));
    try {
      Instant made =
          Files.readAttributes(file, BasicFileAttributes.class).lastModifiedTime().toInstant();
      return Optional.of(
          read(file, deployment).orElse(new End(EndReason.CLOSED, Actor.AGENT.value(), made)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private Optional<End> read(Path file, DeploymentId deployment) {
    try {
      return device.identity().readSigned(DocumentFile.read(file), TYPE, Ended.class)
                  instanceof SignedDocument.Reading.Signed<Ended> signed
              && signed.content().deployment().equals(deployment)
          ? Optional.of(
              new End(
                  EndReason.of(signed.content().reason()),
                  new Actor(signed.content().by()).value(),
                  signed.content().at()))
          : Optional.empty();
    } catch (CryptoException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Notes that a deployment is over; the first note of one stands.
   *
   * @throws DeploymentException if no file could be made; then it is known in this process alone
   */
  void put(DeploymentId deployment, End end) throws DeploymentException {
    if (noted.putIfAbsent(deployment, end) != null && Files.exists(fileOf(deployment))) {
      return;
    }
    byte[] document =
        device
            .sign(
                TYPE,
                CanonicalJson.write(
                    new Ended(
                        deployment,
                        device.identity().fingerprint(),
                        end.reason().word(),
                        end.by(),
                        end.at())))
            .bytes();
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      write(fileOf(deployment), document);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private void write(Path file, byte[] document) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      try (FileChannel parent = FileChannel.open(folder, StandardOpenOption.READ)) {
        parent.force(true);
      }
      ByteBuffer rest = ByteBuffer.wrap(document);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    } catch (IOException e) {
      // It was over before, or its name is there without its content, which is enough.
      if (!Files.exists(file)) {
        throw e;
      }
    }
  }

  /** Another device's files do not count here. */
  private String nameOf(DeploymentId deployment) {
    String name = device.identity().fingerprint().hex() + "\n" + deployment;
    return Sha256.of(name.getBytes(StandardCharsets.UTF_8)).hex() + ".ended";
  }

  private Path fileOf(DeploymentId deployment) {
    return folder.resolve(nameOf(deployment));
  }

  private DeploymentException unusable(IOException cause) {
    return new DeploymentException(new DeploymentRefusal.EndsUnusable(), folder.toString(), cause);
  }
}
