package org.sightline.edge.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where a machine notes which deployments are over: no settings name it. */
public final class EndedFolder {
  private static final Path SERVICE = Path.of("/var/lib/sightline");

  private EndedFolder() {}

  /** The service's, or, where nothing is installed, that of the user. */
  public static Path ofThisMachine() {
    return Files.isDirectory(SERVICE) ? SERVICE.resolve("ended") : ofTheUser();
  }

  /**
   * Where this user's notes were made before there was the service's folder: what was over then is
   * not to come back because the program was installed.
   *
   * @return empty if they lie in no other place
   */
  static Optional<Path> before(Path folder) {
    return folder.equals(SERVICE.resolve("ended")) ? Optional.of(ofTheUser()) : Optional.empty();
  }

  private static Path ofTheUser() {
    return Path.of(System.getProperty("user.home"), ".local", "state", "sightline", "ended");
  }
}
