package org.sightline.edge.deployment;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Refusals of urgent authorisations that the data file does not hold, as the authorities signed
 * them: in memory, and beside the notes of ended deployments, outside every data folder. So one
 * that a full disk kept from being applied is applied later, also by another process. Thread-safe.
 */
final class KeptRefusals {
  private static final Logger LOG = LoggerFactory.getLogger(KeptRefusals.class);

  private final Path folder;
  private final Sha256 device;
  private final Map<DeploymentId, byte[]> kept = new ConcurrentHashMap<>();

  /**
   * @param device fingerprint; what another device has kept does not count here
   */
  KeptRefusals(Path folder, Sha256 device) {
    this.folder = folder;
    this.device = device;
  }

  /** Keeps one; where no file can be made, for as long as this process lives. */
  void put(DeploymentId deployment, byte[] refusal) {
    if (kept.putIfAbsent(deployment, refusal) != null) {
      return;
    }
    Path file = fileOf(deployment);
    Path part = file.resolveSibling(file.getFileName() + ".part");
    try {
      Files.createDirectories(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      Files.write(
          part,
          refusal,
          StandardOpenOption.CREATE,
          StandardOpenOption.TRUNCATE_EXISTING,
          StandardOpenOption.WRITE,
          StandardOpenOption.SYNC);
      Files.setPosixFilePermissions(part, Set.copyOf(PosixFilePermissions.fromString("rw-------")));
      Files.move(part, file);
    } catch (IOException e) {
      LOG.error("The refusal of deployment {} is kept in memory only: {}", deployment, folder);
    }
  }

  /** That of a deployment, whose signatures are still to be verified; empty if none is kept. */
  Optional<byte[]> of(DeploymentId deployment) {
    byte[] known = kept.get(deployment);
    if (known != null) {
      return Optional.of(known);
    }
    Path file = fileOf(deployment);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(DocumentFile.read(file));
    } catch (CryptoException e) {
      LOG.error("A refusal that was kept cannot be read: {}", e.getMessage());
      return Optional.empty();
    }
  }

  /** Whether this process keeps one. */
  boolean any() {
    return !kept.isEmpty();
  }

  /** Of other deployments the data file says all that there is to say. */
  void onlyOf(Collection<DeploymentId> deployments) {
    kept.keySet().retainAll(deployments);
  }

  /** The data file holds it from now on, or it changes nothing. */
  void remove(DeploymentId deployment) {
    kept.remove(deployment);
    try {
      Files.deleteIfExists(fileOf(deployment));
    } catch (IOException e) {
      LOG.warn("A refusal that is applied cannot be removed: {}", fileOf(deployment));
    }
  }

  private Path fileOf(DeploymentId deployment) {
    String name = device.hex() + "\n" + deployment;
    return folder.resolve(Sha256.of(name.getBytes(StandardCharsets.UTF_8)).hex() + ".refused");
  }
}
