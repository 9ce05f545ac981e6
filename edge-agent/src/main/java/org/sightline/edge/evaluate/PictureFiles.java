package org.sightline.edge.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.sightline.edge.imaging.Stills;

/** Pictures of which it does not matter whose they are. */
public final class PictureFiles {
  private PictureFiles() {}

  /**
   * All pictures anywhere under a folder, in the order of their paths.
   *
   * @throws EvaluationException if it cannot be read or holds none
   */
  public static List<Path> under(Path folder) throws EvaluationException {
    List<Path> pictures;
    // The folder may be a link, as to a data set kept elsewhere.
    try (Stream<Path> files = Files.walk(folder.toRealPath())) {
      pictures =
          files.filter(Files::isRegularFile).filter(Stills::isNamedAsPicture).sorted().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw new EvaluationException(
          "the pictures cannot be listed", folder.toString(), "give a folder", unreadable);
    }
    if (pictures.isEmpty()) {
      throw new EvaluationException(
          "there is no picture", folder.toString(), "give a folder of pictures", null);
    }
    return pictures;
  }
}
