package org.sightline.edge.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A test set with a folder of pictures per subject. */
public final class SubjectFolders {
  private final SortedMap<String, List<Path>> subjects;

  private SubjectFolders(SortedMap<String, List<Path>> subjects) {
    this.subjects = subjects;
  }

  /**
   * Lists the subjects of a folder; files beside the subjects' folders are passed over.
   *
   * @throws EvaluationException if it cannot be read or holds fewer than two subjects
   */
  public static SubjectFolders in(Path folder) throws EvaluationException {
    SortedMap<String, List<Path>> subjects = new TreeMap<>();
    try {
      for (Path subject : listed(folder, Files::isDirectory)) {
        List<Path> pictures = listed(subject, PictureFiles::isPicture);
        if (!pictures.isEmpty()) {
          subjects.put(folder.relativize(subject).toString(), pictures);
        }
      }
    } catch (IOException unreadable) {
      throw new EvaluationException(
          "the pictures cannot be listed", folder.toString(), "give a folder", unreadable);
    }
    if (subjects.size() < 2) {
      throw new EvaluationException(
          "there are fewer than two subjects",
          folder.toString(),
          "give a folder with a folder of pictures for each subject",
          null);
    }
    return new SubjectFolders(subjects);
  }

  private static List<Path> listed(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(wanted).sorted().toList();
    }
  }

  /** Pictures by subject, both in the order of their names. */
  SortedMap<String, List<Path>> subjects() {
    return subjects;
  }

  int pictureCount() {
    return subjects.values().stream().mapToInt(List::size).sum();
  }
}
