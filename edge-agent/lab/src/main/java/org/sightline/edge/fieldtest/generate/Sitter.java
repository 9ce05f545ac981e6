package org.sightline.edge.fieldtest.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sightline.edge.imaging.Stills;

/**
 * Somebody of whom there are pictures.
 *
 * @param name a number in the order of the paths: what people are called stays in the folder
 * @param path their folder, or their only picture
 * @param pictures in the order of their paths
 */
record Sitter(String name, Path path, List<Path> pictures) {
  Sitter {
    pictures = List.copyOf(pictures);
  }

  /**
   * Everybody in a folder that has a folder of pictures for each person, or one picture of each.
   *
   * @throws GenerationException if it cannot be read or nobody is in it
   */
  static List<Sitter> in(Path folder) throws GenerationException {
    List<Sitter> sitters = new ArrayList<>();
    try {
      for (Path path : listed(folder, each -> true)) {
        List<Path> pictures =
            Files.isDirectory(path)
                ? listed(path, Stills::isNamedAsPicture)
                : Stills.isNamedAsPicture(path) ? List.of(path) : List.of();
        if (!pictures.isEmpty()) {
          sitters.add(new Sitter("P-%04d".formatted(sitters.size() + 1), path, pictures));
        }
      }
    } catch (IOException unreadable) {
      throw new GenerationException(
          "the portraits cannot be listed", folder.toString(), "give a folder", unreadable);
    }
    if (sitters.isEmpty()) {
      throw new GenerationException(
          "there is no picture",
          folder.toString(),
          "give a folder with a folder of pictures, or one picture, for each person",
          null);
    }
    return sitters;
  }

  private static List<Path> listed(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(wanted).sorted().toList();
    }
  }
}
