package org.sightline.edge.crypto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/**
 * Whether a secret lies where the service manager alone puts what it has unsealed: below {@code
 * /run/credentials}, where only root can make a folder, in memory that is on no disk, not to be
 * written by anybody and read by its owner alone. So a plain copy of a key file in some other
 * folder is not taken for a sealed one, whatever the environment says. Root can make such a place;
 * this is a check against mistakes and against others.
 */
public final class ServiceCredential {
  private static final Path PLACE = Path.of("/run/credentials");
  private static final Set<String> MEMORY = Set.of("ramfs", "tmpfs");
  private static final Set<PosixFilePermission> READABLE_BY_OWNER =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_EXECUTE);

  private ServiceCredential() {}

  /** Whether a file is such a secret; false also if that cannot be determined. */
  public static boolean holds(Path file) {
    return holds(file, PLACE);
  }

  static boolean holds(Path file, Path place) {
    try {
      Path real = file.toRealPath();
      Path folder = real.getParent();
      return folder != null
          && folder.startsWith(place)
          && !folder.equals(place)
          && MEMORY.contains(Files.getFileStore(folder).type())
          && READABLE_BY_OWNER.containsAll(Files.getPosixFilePermissions(folder))
          && READABLE_BY_OWNER.containsAll(Files.getPosixFilePermissions(real));
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }
}
