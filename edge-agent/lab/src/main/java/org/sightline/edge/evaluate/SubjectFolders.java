package org.sightline.edge.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.imaging.Stills;

/** A test set: pictures by subject. */
public final class SubjectFolders {
  private final SortedMap<String, List<Path>> subjects;

  private SubjectFolders(SortedMap<String, List<Path>> subjects) {
    this.subjects = subjects;
  }

  /**
   * Lists the subjects of a folder of folders. No picture is left out: files that are none, as
   * texts, and what is hidden are passed over.
   *
   * @throws SightlineException if it cannot be read, holds fewer than two subjects, or a picture
   *     that is nobody's
   */
  public static SubjectFolders in(Path folder) throws SightlineException {
    SubjectFolders found = new SubjectFolders(foldersIn(folder));
    for (Path picture : listed(folder, Stills::isPicture)) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "a picture lies beside the subjects' folders",
          picture.toString(),
          "put it into the folder of its subject");
    }
    if (found.subjects.size() < 2) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "there are fewer than two subjects",
          folder.toString(),
          "give a folder with a folder of pictures for each subject");
    }
    return found;
  }

  /**
   * Lists the subjects of a folder: its folders and, as subjects with one picture, its files.
   *
   * @throws SightlineException if it cannot be read or holds no picture
   */
  public static SubjectFolders orFilesIn(Path folder) throws SightlineException {
    SortedMap<String, List<Path>> subjects = foldersIn(folder);
    for (Path picture : listed(folder, Stills::isPicture)) {
      String name = picture.getFileName().toString();
      int dot = name.lastIndexOf('.');
      subjects
          .computeIfAbsent(dot > 0 ? name.substring(0, dot) : name, none -> new ArrayList<>())
          .add(picture);
    }
    if (subjects.isEmpty()) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "there is no picture",
          folder.toString(),
          "give a folder of pictures, or with a folder of pictures for each subject");
    }
    return new SubjectFolders(subjects);
  }

  /**
   * The set without some of its pictures.
   *
   * @param list a line FOLDER/PICTURE for each; what follows a # is a comment
   * @throws SightlineException if the list cannot be read or names a picture that is not there
   */
  public SubjectFolders without(Path list) throws SightlineException {
    Set<String> names = new LinkedHashSet<>();
    try {
      for (String line : Files.readAllLines(list)) {
        String name = line.replaceFirst("#.*", "").strip();
        if (!name.isEmpty()) {
          names.add(name);
        }
      }
    } catch (IOException unreadable) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
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
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "a picture to leave out is not in the set",
          names.iterator().next(),
          "check " + list);
    }
    return new SubjectFolders(rest);
  }

  private static SortedMap<String, List<Path>> foldersIn(Path folder) throws SightlineException {
    SortedMap<String, List<Path>> subjects = new TreeMap<>();
    for (Path subject : listed(folder, Files::isDirectory)) {
      for (Path within : listed(subject, Files::isDirectory)) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "a folder lies in a subject's folder",
            within.toString(),
            "put its pictures into the folder of their subject");
      }
      List<Path> pictures = listed(subject, Stills::isPicture);
      if (pictures.isEmpty()) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "a subject has no picture",
            subject.toString(),
            "add one, or remove the folder");
      }
      subjects.put(folder.relativize(subject).toString(), new ArrayList<>(pictures));
    }
    return subjects;
  }

  /** What is not hidden, in the order of the names. */
  private static List<Path> listed(Path folder, Predicate<Path> wanted) throws SightlineException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries
          .filter(entry -> !entry.getFileName().toString().startsWith("."))
          .filter(wanted)
          .sorted()
          .toList();
    } catch (IOException unreadable) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the pictures cannot be listed",
          folder.toString(),
          "give a folder",
          unreadable);
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
