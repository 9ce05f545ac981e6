package org.sightline.edge.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sightline.edge.imaging.Stills;

/** A test set: pictures by subject. */
public final class SubjectFolders {
  private final SortedMap<String, List<Path>> subjects;

  private SubjectFolders(SortedMap<String, List<Path>> subjects) {
    this.subjects = subjects;
  }

  /**
   * Lists the subjects of a folder of folders; files beside them are passed over.
   *
   * @throws EvaluationException if it cannot be read or holds fewer than two subjects
   */
  public static SubjectFolders in(Path folder) throws EvaluationException {
    SubjectFolders found = new SubjectFolders(foldersIn(folder));
    if (found.subjects.size() < 2) {
      throw new EvaluationException(
          "there are fewer than two subjects",
          folder.toString(),
          "give a folder with a folder of pictures for each subject",
          null);
    }
    return found;
  }

  /**
   * Lists the subjects of a folder: its folders and, as subjects with one picture, its files.
   *
   * @throws EvaluationException if it cannot be read or holds no picture
   */
  public static SubjectFolders orFilesIn(Path folder) throws EvaluationException {
    SortedMap<String, List<Path>> subjects = foldersIn(folder);
    try {
      for (Path picture : listed(folder, Stills::isNamedAsPicture)) {
        String name = picture.getFileName().toString();
        subjects.putIfAbsent(name.substring(0, name.lastIndexOf('.')), List.of(picture));
      }
    } catch (IOException unreadable) {
      throw unlistable(folder, unreadable);
    }
    if (subjects.isEmpty()) {
      throw new EvaluationException(
          "there is no picture",
          folder.toString(),
          "give a folder of pictures, or with a folder of pictures for each subject",
          null);
    }
    return new SubjectFolders(subjects);
  }

  /**
   * The set without some of its pictures.
   *
   * @param list a line FOLDER/PICTURE for each; what follows a # is a comment
   * @throws EvaluationException if the list cannot be read or names a picture that is not there
   */
  public SubjectFolders without(Path list) throws EvaluationException {
    Set<String> names = new LinkedHashSet<>();
    try {
      for (String line : Files.readAllLines(list)) {
        String name = line.replaceFirst("#.*", "").strip();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    } catch (IOException unreadable) {
      throw new EvaluationException(
          "the list of pictures to leave out cannot be read",
          list.toString(),
          "give a text file",
          unreadable);
    }
    SortedMap<String, List<Path>> rest = new TreeMap<>();
    subjects.forEach(
        (subject, pictures) -> {
          List<Path> kept =
              pictures.stream()
                  .filter(each -> !names.remove(subject + "/" + each.getFileName()))
                  .toList();
          if (!kept.isEmpty()) {
            rest.put(subject, kept);
          }
        });
    if (!names.isEmpty()) {
      throw new EvaluationException(
          "a picture to leave out is not in the set",
          names.iterator().next(),
          "check " + list,
          null);
    }
    return new SubjectFolders(rest);
  }

  private static SortedMap<String, List<Path>> foldersIn(Path folder) throws EvaluationException {
    SortedMap<String, List<Path>> subjects = new TreeMap<>();
    try {
      for (Path subject : listed(folder, Files::isDirectory)) {
        List<Path> pictures = listed(subject, Stills::isNamedAsPicture);
        if (!pictures.isEmpty()) {
          subjects.put(folder.relativize(subject).toString(), pictures);
        }
      }
    } catch (IOException unreadable) {
      throw unlistable(folder, unreadable);
    }
    return subjects;
  }

  private static EvaluationException unlistable(Path folder, IOException cause) {
    return new EvaluationException(
        "the pictures cannot be listed", folder.toString(), "give a folder", cause);
  }

  private static List<Path> listed(Path folder, Predicate<Path> wanted) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.filter(wanted).sorted().toList();
    }
  }

  /** Pictures by subject, both in the order of their names. */
  public SortedMap<String, List<Path>> subjects() {
    return subjects;
  }

  int pictureCount() {
    return subjects.values().stream().mapToInt(List::size).sum();
  }
}
