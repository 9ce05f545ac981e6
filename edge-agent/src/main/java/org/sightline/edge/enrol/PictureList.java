package org.sightline.edge.enrol;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.io.input.BOMInputStream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.WatchlistEntry;

/** Who is to be listed, and by which pictures; read from a CSV file or from a folder. */
public final class PictureList {
  private static final String SUBJECT = "subject";
  private static final String CATEGORY = "category";
  private static final String IMAGE = "image";
  private static final List<String> COLUMNS = List.of(SUBJECT, CATEGORY, IMAGE);

  private static final CSVFormat CSV =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setTrim(true)
          .setIgnoreEmptyLines(true)
          .get();

  private final Path source;
  private final Map<SubjectRef, Subject> subjects = new LinkedHashMap<>();

  private PictureList(Path source) {
    this.source = source;
  }

  /**
   * One subject to be listed.
   *
   * @param pictures at least one, in the order of the list
   */
  public record Subject(SubjectRef subject, String category, List<Path> pictures) {
    public Subject {
      pictures = List.copyOf(pictures);
    }

    private Subject with(Path picture) {
      List<Path> more = new ArrayList<>(pictures);
      more.add(picture);
      return new Subject(subject, category, more);
    }
  }

  /**
   * Reads a CSV file (UTF-8, RFC 4180, with or without a byte order mark) with the columns {@code
   * subject,category,image}, a row for each picture. Pictures are relative to the file.
   */
  public static Collection<Subject> ofCsv(Path file) throws PictureListException {
    PictureList list = new PictureList(file);
    Path folder = file.toAbsolutePath().getParent();
    try (BOMInputStream bytes = BOMInputStream.builder().setPath(file).get();
        Reader text =
            new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
        CSVParser rows = CSV.parse(text)) {
      if (rows.getHeaderNames().size() != COLUMNS.size()
          || !rows.getHeaderNames().containsAll(COLUMNS)) {
        throw list.unusable(
            "the columns are " + String.join(",", rows.getHeaderNames()),
            "",
            "the first line must be " + String.join(",", COLUMNS));
      }
      for (CSVRecord row : rows) {
        String line = " line " + rows.getCurrentLineNumber();
        if (!row.isConsistent()) {
          throw list.unusable("a row has " + row.size() + " values", line, "give it three");
        }
        list.add(
            row.get(SUBJECT), row.get(CATEGORY), resolve(list, folder, row.get(IMAGE), line), line);
      }
    } catch (CharacterCodingException e) {
      throw list.unreadable("the list is not UTF-8", "save it as CSV UTF-8", e);
    } catch (NoSuchFileException e) {
      throw list.unreadable("there is no such list", "check the path", e);
    } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
      throw list.unreadable(
          "the list is not a readable CSV file", "check its quotes and column names", e);
    }
    return list.subjects();
  }

  private static Path resolve(PictureList list, @Nullable Path folder, String image, String line)
      throws PictureListException {
    try {
      if (folder != null && !image.isEmpty()) {
        return folder.resolve(image);
      }
    } catch (InvalidPathException e) {
      throw new PictureListException(
          "the image is not a file name", list.source + line, "name a picture", e);
    }
    throw list.unusable("a row names no image", line, "name a picture");
  }

  /**
   * Reads a folder: each folder in it is a subject with its pictures, each file a subject with one
   * picture, named as the file is without its extension. Hidden files are left out.
   *
   * @param category of all of them
   */
  public static Collection<Subject> ofFolder(Path folder, String category)
      throws PictureListException {
    PictureList list = new PictureList(folder);
    try {
      for (Path child : visible(folder)) {
        String name = child.getFileName().toString();
        if (Files.isDirectory(child)) {
          for (Path picture : visible(child)) {
            list.add(name, category, picture, "/" + name);
          }
        } else {
          int dot = name.lastIndexOf('.');
          list.add(dot > 0 ? name.substring(0, dot) : name, category, child, "/" + name);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException e) {
      throw list.unreadable("there is no such folder of pictures", "check the path", e);
    } catch (IOException | UncheckedIOException e) {
      throw list.unreadable("the folder cannot be read", "check its permissions", e);
    }
    return list.subjects();
  }

  private static List<Path> visible(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children
          .filter(child -> !child.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private void add(String subject, String category, Path picture, String place)
      throws PictureListException {
    SubjectRef reference;
    try {
      reference = new SubjectRef(subject);
    } catch (IllegalArgumentException e) {
      throw new PictureListException(
          String.valueOf(e.getMessage()), source + place, "rename the subject", e);
    }
    if (category.isEmpty()) {
      throw unusable("a subject has no category", place, "say why the subject is listed");
    }
    try {
      WatchlistEntry.requireCategory(category);
    } catch (IllegalArgumentException e) {
      throw new PictureListException(
          String.valueOf(e.getMessage()), source + place, "write it anew", e);
    }
    Subject known = subjects.get(reference);
    if (known != null && !known.category().equals(category)) {
      throw unusable("a subject has two categories", place, "give all its rows the same");
    }
    subjects.put(
        reference,
        known == null ? new Subject(reference, category, List.of(picture)) : known.with(picture));
  }

  private Collection<Subject> subjects() throws PictureListException {
    if (subjects.isEmpty()) {
      throw unusable("the list is empty", "", "list at least one subject");
    }
    return List.copyOf(subjects.values());
  }

  private PictureListException unusable(String what, String place, String mend) {
    return new PictureListException(what, source + place, mend, null);
  }

  private PictureListException unreadable(String what, String mend, Exception cause) {
    return new PictureListException(what, source.toString(), mend, cause);
  }
}
