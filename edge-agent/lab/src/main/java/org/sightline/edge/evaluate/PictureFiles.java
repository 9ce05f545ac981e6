package org.sightline.edge.evaluate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.imaging.Stills;

/**
 * Pictures of which it does not matter whose they are. Links are followed, because a data set may
 * be kept elsewhere, whole or in parts.
 */
public final class PictureFiles {
  private PictureFiles() {}

  /**
   * All pictures anywhere under a folder, in the order of their paths; hidden files are passed
   * over.
   *
   * @throws SightlineException if it holds none, or something in it cannot be read
   */
  public static List<Path> under(Path folder) throws SightlineException {
    List<Path> entries;
    try (Stream<Path> walked = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
      entries = walked.sorted().toList();
    } catch (IOException | UncheckedIOException unreadable) {
      throw unlistable(folder, unreadable);
    }
    for (Path entry : entries) {
      if (Files.isSymbolicLink(entry) && !Files.exists(entry)) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "the link leads nowhere",
            entry.toString(),
            "correct it or remove it");
      }
    }
    List<Path> pictures =
        entries.stream()
            .filter(Files::isRegularFile)
            .filter(file -> !file.getFileName().toString().startsWith("."))
            .filter(Stills::isPicture)
            .toList();
    if (pictures.isEmpty()) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "there is no picture",
          folder.toString(),
          "give a folder of pictures");
    }
    return pictures;
  }

  /**
   * The pictures that lie in a folder itself, and the first under each folder in it: a picture of
   * each person, if every person has a folder or every picture shows another person.
   *
   * @throws SightlineException if it holds none, or something in it cannot be read
   */
  public static List<Path> onePerPerson(Path folder) throws SightlineException {
    Set<Path> people = new HashSet<>();
    return under(folder).stream()
        .filter(
            picture -> {
              Path within = folder.relativize(picture);
              return within.getNameCount() == 1 || people.add(within.getName(0));
            })
        .toList();
  }

  private static SightlineException unlistable(Path folder, Exception cause) {
    Throwable fault =
        cause instanceof UncheckedIOException unchecked ? unchecked.getCause() : cause;
    String entry =
        fault instanceof FileSystemException named && named.getFile() != null
            ? named.getFile()
            : folder.toString();
    return fault instanceof FileSystemLoopException
        ? new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "the link leads back to a folder it lies in",
            entry,
            "remove it",
            cause)
        : new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "the pictures cannot be listed",
            entry,
            "give a folder that you may read",
            cause);
  }
}
