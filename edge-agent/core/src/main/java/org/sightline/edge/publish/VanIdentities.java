package org.sightline.edge.publish;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.VanId;

/**
 * Which device signs for which van: a folder with the identity of each van's device, as {@code
 * device init} made it, in a file {@code VAN.identity}. What is put there, replaced or removed
 * counts at once. Thread-safe.
 */
public final class VanIdentities {
  private static final String ENDING = ".identity";

  /** No van's device is known. */
  public static final VanIdentities NONE = new VanIdentities(null);

  private final @Nullable Path folder;
  private final Map<VanId, Read> read = new ConcurrentHashMap<>();

  /** What a file was found to be. */
  @SuppressWarnings("ArrayRecordComponent") // Compared by hand.
  private record Read(byte[] file, DeviceIdentity identity) {}

  private VanIdentities(@Nullable Path folder) {
    this.folder = folder;
  }

  /**
   * Those of a folder.
   *
   * @throws CryptoException if it is none
   */
  public static VanIdentities in(Path folder) throws CryptoException {
    if (!Files.isDirectory(folder)) {
      throw new CryptoException(
          "there is no folder of the vans' identities",
          folder.toString(),
          "make it, and put the identity of each van's device there as VAN" + ENDING);
    }
    return new VanIdentities(folder);
  }

  /**
   * The device of a van; empty if none is known.
   *
   * @throws CryptoException if its file is there and cannot be used
   */
  Optional<DeviceIdentity> of(VanId van) throws CryptoException {
    if (folder == null) {
      return Optional.empty();
    }
    Path path = folder.resolve(van + ENDING);
    if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    byte[] file = DocumentFile.read(path);
    Read before = read.get(van);
    if (before != null && Arrays.equals(before.file(), file)) {
      return Optional.of(before.identity());
    }
    DeviceIdentity identity = DeviceIdentity.read(path);
    read.put(van, new Read(file, identity));
    return Optional.of(identity);
  }
}
