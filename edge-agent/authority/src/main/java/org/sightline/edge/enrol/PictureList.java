package org.sightline.edge.enrol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.enrol.ListRules.Breach;

/** Who is to be listed, and by which pictures; read from a CSV file or from a folder. */
public final class PictureList {
  /** As many pictures of a subject as an entry of a bundle has room for. */
  static final int MAX_PICTURES = 255;

  private PictureList() {}

  /**
   * One subject to be listed.
   *
   * @param pictures at least one, in the order of the list
   */
  public record Subject(SubjectRef subject, Listing listing, List<ListedPicture> pictures) {
    public Subject {
      pictures = List.copyOf(pictures);
    }
  }

  /**
   * A picture that a subject is to be listed by.
   *
   * @param source where it comes from, one line of at most 200 characters
   * @param line its line in the CSV file, from 1; 0 if it was found in a folder
   */
  public record ListedPicture(Path file, String source, long line) {
    public ListedPicture {
      Listing.requireText("source", source);
    }
  }

  /**
   * Reads a CSV file: UTF-8 with or without a byte order mark, RFC 4180, with the columns {@code
   * subject,category,image,review,source,legal-basis,under18} in any order and a row for each
   * picture. Pictures are relative to the file. What is said about a subject is the same in all its
   * rows; the source is that of the row's picture.
   *
   * @throws PictureListException with all faults of the list, by line
   */
  public static Collection<Subject> ofCsv(Path file, ListRules rules) throws PictureListException {
    return CsvList.read(file, rules);
  }

  /**
   * Reads a folder: each folder in it is a subject with its pictures, each file a subject with one
   * picture, named as the file is without its extension. Hidden files are left out.
   *
   * @param listing of all of them
   * @param source of all of the pictures
   * @throws PictureListException with all faults of the folder
   */
  public static Collection<Subject> ofFolder(
      Path folder, Listing listing, String source, ListRules rules) throws PictureListException {
    Breach breach = rules.breach(listing).orElse(null);
    if (breach != null) {
      throw new PictureListException(breach.what(), folder.toString(), breach.remedy(), null);
    }
    ListDraft draft = new ListDraft(folder, rules);
    try {
      for (Path child : visible(folder)) {
        String name = child.getFileName().toString();
        if (Files.isDirectory(child)) {
          for (Path picture : visible(child)) {
            draft.add(name, listing, new ListedPicture(picture, source, 0), "/" + name);
          }
        } else {
          int dot = name.lastIndexOf('.');
          draft.add(
              dot > 0 ? name.substring(0, dot) : name,
              listing,
              new ListedPicture(child, source, 0),
              "/" + name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw new PictureListException(
          "there is no such folder of pictures", folder.toString(), "check the path", e);
    } catch (IOException | UncheckedIOException e) {
      throw new PictureListException(
          "the folder cannot be read", folder.toString(), "check its permissions", e);
    }
    return draft.finish();
  }

  private static List<Path> visible(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> !child.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }
}
