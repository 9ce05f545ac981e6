package org.sightline.edge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.store.Database;

/** Whether what the box keeps can be opened without leaving anything there that was not. */
final class BoxData {
  private static final String SUBJECT = "data folder";

  private BoxData() {}

  /** Why it cannot; empty if it can. */
  static Optional<Finding> unusable(AgentSettings settings) {
    Path folder = settings.folders().data();
    if (!Files.isRegularFile(folder.resolve(Database.FILE_NAME))) {
      return Optional.of(
          Finding.untested(
              SUBJECT, "nothing is kept yet: " + folder + "; the first import begins"));
    }
    try {
      String owner = Files.getOwner(folder.resolve(Database.FILE_NAME)).getName();
      String user = System.getProperty("user.name");
      return owner.equals(user)
          ? Optional.empty()
          : Optional.of(
              Finding.look(
                  SUBJECT,
                  "%s belongs to %s and this is %s".formatted(folder, owner, user),
                  "the same user",
                  "run this as the service's user: sightline-on-device doctor"));
    } catch (IOException e) {
      return Optional.of(
          Finding.bad(SUBJECT, "cannot be looked at: " + folder, "check the folders above it"));
    }
  }
}
