package org.sightline.edge.deployment;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
 *
 * <p>Of a deployment that is taken in, room is kept for its note beforehand: the disk may be full,
 * or out of files, when an officer closes it. A file of room that has another length than it was
 * made with is a note: that is seen without opening a file, for the process may have no descriptor
 * left. Thread-safe.
 */
final class EndedDeployments {
  private static final String TYPE = "application/vnd.sightline.ended-deployment.v1+json";

  /** More than a note takes, which is less than 1 KiB. */
  private static final int ROOM_BYTES = 4096;

  private static final Set<StandardOpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

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
    Optional<End> end = in(place.resolve(nameOf(deployment)), deployment, true);
    return end.isPresent() ? end : in(place.resolve(roomOf(deployment)), deployment, false);
  }

  /**
   * @param counts whether the file is a note whatever its length
   */
  private Optional<End> in(Path file, DeploymentId deployment, boolean counts) throws IOException {
    try {
      BasicFileAttributes made = Files.readAttributes(file, BasicFileAttributes.class);
      return counts || made.size() != ROOM_BYTES
          ? Optional.of(
              read(file, deployment)
                  .orElse(
                      new End(
                          EndReason.CLOSED,
                          Actor.AGENT.value(),
                          made.lastModifiedTime().toInstant())))
          : Optional.empty();
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
      createFolder();
      write(deployment, document);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /**
   * Keeps room for the note of a deployment, whatever becomes of the disk.
   *
   * @throws DeploymentException if there is none
   */
  void keepRoom(DeploymentId deployment) throws DeploymentException {
    Path room = folder.resolve(roomOf(deployment));
    Path fresh = folder.resolve(roomOf(deployment) + ".new");
    try {
      createFolder();
      if (Files.notExists(room)) {
        Files.deleteIfExists(fresh); // Of a disk that was full at an attempt before.
        write(fresh, CREATE, new byte[ROOM_BYTES]);
        Files.move(fresh, room, StandardCopyOption.ATOMIC_MOVE);
        syncFolder();
      }
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private void createFolder() throws IOException {
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private void write(DeploymentId deployment, byte[] document) throws IOException {
    Path note = fileOf(deployment);
    Path room = folder.resolve(roomOf(deployment));
    try {
      if (Files.exists(room)) {
        write(room, Set.of(StandardOpenOption.WRITE), document);
        Files.move(room, note, StandardCopyOption.ATOMIC_MOVE);
      } else {
        write(note, CREATE, document);
      }
      syncFolder();
    } catch (IOException e) {
      // It was over before, or it is noted without its content or under the name of the room.
      if (in(folder, deployment).isEmpty()) {
        throw e;
      }
    }
  }

  private void write(Path file, Set<StandardOpenOption> how, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            how,
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      syncFolder();
      // Of room this makes a note, whatever becomes of the rest.
      channel.truncate(content.length);
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      channel.force(true);
    }
  }

  private void syncFolder() throws IOException {
    try (FileChannel parent = FileChannel.open(folder, StandardOpenOption.READ)) {
      parent.force(true);
    }
  }

  /** Another device's files do not count here. */
  private String nameOf(DeploymentId deployment) {
    return digestOf(deployment) + ".ended";
  }

  private String roomOf(DeploymentId deployment) {
    return digestOf(deployment) + ".room";
  }

  private String digestOf(DeploymentId deployment) {
    String name = device.identity().fingerprint().hex() + "\n" + deployment;
    return Sha256.of(name.getBytes(StandardCharsets.UTF_8)).hex();
  }

  private Path fileOf(DeploymentId deployment) {
    return folder.resolve(nameOf(deployment));
  }

  private DeploymentException unusable(IOException cause) {
    return new DeploymentException(new DeploymentRefusal.EndsUnusable(), folder.toString(), cause);
  }
}
