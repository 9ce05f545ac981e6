package org.sightline.edge.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sightline.edge.imaging.Stills;

/** Pictures of which it does not matter whose they are. */
public final class PictureFiles {
  private PictureFiles() {}

  /**
   * All pictures anywhere under a folder, in the order of their paths; hidden files are passed
   * over.
   *
   * @throws EvaluationException if it cannot be read or holds none
   */
  public static List<Path> under(Path folder) throws EvaluationException {
    List<Path> pictures;
    try (Stream<Path> files = Files.walk(real(folder))) {
      pictures =
          files
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .filter(Stills::isPicture)
              .sorted()
              .toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw unlistable(folder, unreadable);
    }
    if (pictures.isEmpty()) {
      throw new EvaluationException(
          "there is no picture", folder.toString(), "give a folder of pictures", null);
    }
    return pictures;
  }

  /**
   * The pictures that lie in a folder itself, and the first under each folder in it: a picture of
   * each person, if every person has a folder or every picture shows another person.
   *
   * @throws EvaluationException if it cannot be read or holds no picture
   */
  public static List<Path> onePerPerson(Path folder) throws EvaluationException {
    Set<Path> people = new HashSet<>();
    Path root = real(folder);
    return under(folder).stream()
        .filter(
            picture -> {
              Path within = root.relativize(picture);
              return within.getNameCount() == 1 || people.add(within.getName(0));
            })
        .toList();
  }

  /** The folder may be a link, as to a data set kept elsewhere. */
  private static Path real(Path folder) throws EvaluationException {
    try {
      return folder.toRealPath();
    } catch (IOException unreadable) {
      throw unlistable(folder, unreadable);
    }
  }

  private static EvaluationException unlistable(Path folder, Exception cause) {
    return new EvaluationException(
        "the pictures cannot be listed", folder.toString(), "give a folder", cause);
  }
}
