package org.sightline.edge.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;

/**
 * Whether this version can do its work on this box: whether it reads the settings, opens the keys,
 * brings the data of the box up to date, and the networks see what they should. It opens no camera,
 * asks nobody, and changes nothing: the data are a copy. Not thread-safe.
 */
public final class Trial {
  private static final String NEXT = "stay with the version before, and report this";

  private final AgentSettings settings;
  private final Clock wall;

  /**
   * @param wall wall clock
   */
  public Trial(AgentSettings settings, Clock wall) {
    this.settings = settings;
    this.wall = wall;
  }

  /**
   * Opens what the box keeps, on a copy that is deleted again.
   *
   * @param beside folder for the copy
   * @throws SightlineException if this version cannot open it
   */
  public void openCopy(Path beside) throws SightlineException {
    try {
      Path copy = Files.createTempDirectory(beside, "trial");
      try {
        if (Files.exists(settings.folders().data().resolve(Database.FILE_NAME))) {
          copyTo(copy);
        }
        Device.open(on(copy), wall).close();
      } finally {
        delete(copy);
      }
    } catch (IOException e) {
      throw failed("the data cannot be copied", settings.folders().data().toString(), e);
    }
  }

  /**
   * Has the networks of the model pack run once, on a drawn face.
   *
   * @throws SightlineException if the pack is not as its manifest says, or they see something else
   */
  public void useNetworks() throws SightlineException {
    for (Check check : ModelChecks.of(settings)) {
      List<Finding> findings = findings(check);
      Optional<Finding> bad =
          findings.stream().filter(each -> each.verdict() == Verdict.BAD).findFirst();
      if (bad.isPresent()) {
        throw new SightlineException(
            ErrorKind.REFUSED,
            bad.get().measured(),
            bad.get().subject(),
            bad.get().remedy().isEmpty() ? NEXT : bad.get().remedy());
      }
    }
  }

  private static List<Finding> findings(Check check) throws SightlineException {
    try {
      return check.test().findings();
    } catch (SightlineException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw failed("the test of it failed", check.subject(), e);
    }
  }

  /** The file and what was written ahead of it, while nobody is at work on them. */
  private void copyTo(Path copy) throws SightlineException, IOException {
    Path data = settings.folders().data();
    DataFolderLock lock = DataFolderLock.take(data, Duration.ZERO);
    try (lock) {
      for (String name : List.of(Database.FILE_NAME, Database.FILE_NAME + "-wal")) {
        if (Files.exists(data.resolve(name))) {
          Files.copy(data.resolve(name), copy.resolve(name));
        }
      }
    }
  }

  private AgentSettings on(Path data) {
    return new AgentSettings(
        settings.van(),
        new AgentSettings.Folders(data, settings.folders().ended(), settings.folders().models()),
        settings.trust(),
        settings.deployment(),
        settings.recognition(),
        settings.inference(),
        settings.network(),
        settings.cameras());
  }

  private static void delete(Path folder) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted((one, other) -> other.compareTo(one)).toList();
    }
    for (Path each : deepestFirst) {
      Files.delete(each);
    }
  }

  private static SightlineException failed(String what, String where, Exception cause) {
    return new SightlineException(ErrorKind.REFUSED, what, where, NEXT, cause);
  }
}
