package org.sightline.edge.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Which files are pictures, by their names. */
public final class PictureFiles {
  private static final List<String> ENDINGS =
      List.of(".jpg", ".jpeg", ".png", ".bmp", ".pgm", ".ppm");

  private PictureFiles() {}

  static boolean isPicture(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return ENDINGS.stream().anyMatch(name::endsWith);
  }

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
          files.filter(Files::isRegularFile).filter(PictureFiles::isPicture).sorted().toList();
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
