package org.sightline.edge.enrol;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.sightline.edge.domain.RegularFile;
import org.sightline.edge.enrol.PictureList.ListedPicture;
import org.sightline.edge.enrol.PictureList.Subject;

/**
 * Reads the CSV file of a list-maker. No message holds anything of a row, for a row is about
 * somebody: faults are reported by line.
 */
final class CsvList {
  private static final String SUBJECT = "subject";
  private static final String CATEGORY = "category";
  private static final String IMAGE = "image";
  private static final String REVIEW = "review";
  private static final String SOURCE = "source";
  private static final String LEGAL_BASIS = "legal-basis";
  private static final String UNDER_18 = "under18";
  private static final List<String> COLUMNS =
      List.of(SUBJECT, CATEGORY, IMAGE, REVIEW, SOURCE, LEGAL_BASIS, UNDER_18);
  private static final String FIRST_LINE = "the first line must be " + String.join(",", COLUMNS);

  /** Of a line that says so: it ends with the separator. */
  private static final String SEPARATOR_IS = "sep=";

  /** Some 200,000 rows; what is longer is another file. */
  private static final int MAX_FILE_BYTES = 32 << 20;

  private static final CSVFormat CSV =
      CSVFormat.RFC4180.builder().setTrim(true).setIgnoreEmptyLines(true).get();

  private final Path file;
  private final ListDraft draft;

  private CsvList(Path file, ListRules rules) {
    this.file = file;
    this.draft = new ListDraft(file, rules);
  }

  static Collection<Subject> read(Path file, ListRules rules) throws PictureListException {
    CsvList list = new CsvList(file, rules);
    String text = list.text();
    try (CSVParser rows = CSVParser.parse(text, CSV)) {
      list.read(rows);
    } catch (IOException e) {
      throw list.unusable("the list cannot be read", "", "check that it is a readable file");
    }
    return list.draft.finish();
  }

  /** The file without its byte order mark. */
  private String text() throws PictureListException {
    byte[] bytes;
    try {
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw unusable(
            "the list is longer than " + (MAX_FILE_BYTES >> 20) + " MiB",
            "",
            "name the right file");
      }
      bytes = Files.readAllBytes(RegularFile.require(file));
    } catch (NoSuchFileException e) {
      throw new PictureListException("there is no such list", file.toString(), "check the path", e);
    } catch (IOException e) {
      throw new PictureListException(
          "the list cannot be read", file.toString(), "check that it is a readable file", e);
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    CoderResult result = decoder.decode(in, out, true);
    if (result.isError()) {
      throw unusable("the list is not UTF-8", lineOf(bytes, in.position()), "save it as CSV UTF-8");
    }
    String text = out.flip().toString();
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private static String lineOf(byte[] bytes, int position) {
    long line = 1;
    for (int i = 0; i < position; i++) {
      line += bytes[i] == '\n' ? 1 : 0;
    }
    return " line " + line;
  }

  private void read(CSVParser rows) throws PictureListException {
    Iterator<CSVRecord> records = rows.iterator();
    long lastLine = 0;
    try {
      if (!records.hasNext()) {
        throw unusable("the list is empty", "", FIRST_LINE);
      }
      List<String> columns = columns(heading(records));
      lastLine = rows.getCurrentLineNumber();
      while (records.hasNext()) {
        List<String> row = withoutEmptyEnd(cells(records.next()), columns.size());
        lastLine = rows.getCurrentLineNumber();
        if (!row.stream().allMatch(String::isEmpty)) {
          add(row, columns, lastLine);
        }
      }
    } catch (UncheckedIOException e) {
      draft.fault(
          "a quote is not closed, or is inside a value",
          " line " + (lastLine + 1) + " or after",
          "close it, or double it inside a quoted value",
          e);
    }
  }

  /** The first row, or the second where a spreadsheet says in the first what separates values. */
  private static List<String> heading(Iterator<CSVRecord> records) {
    List<String> first = withoutEmptyEnd(cells(records.next()), 0);
    return first.equals(List.of(SEPARATOR_IS)) && records.hasNext()
        ? withoutEmptyEnd(cells(records.next()), 0)
        : first;
  }

  private List<String> columns(List<String> heading) throws PictureListException {
    List<String> found = heading.stream().map(each -> each.toLowerCase(Locale.ROOT)).toList();
    if (found.size() == 1 && (found.get(0).contains(";") || found.get(0).contains("\t"))) {
      throw unusable(
          "the values are separated by " + (found.get(0).contains(";") ? "semicolons" : "tabs"),
          " line 1",
          "save the list as CSV with commas; " + FIRST_LINE);
    }
    List<String> missing = new ArrayList<>(COLUMNS);
    missing.removeAll(found);
    if (!missing.isEmpty()) {
      throw unusable("columns are missing: " + String.join(",", missing), " line 1", FIRST_LINE);
    }
    if (new HashSet<>(found).size() < found.size()) {
      throw unusable("a column is there twice", " line 1", FIRST_LINE);
    }
    if (found.size() > COLUMNS.size()) {
      throw unusable(
          "there are too many columns: " + (found.size() - COLUMNS.size()), " line 1", FIRST_LINE);
    }
    return found;
  }

  private static List<String> cells(CSVRecord row) {
    return row.stream().map(CellText::stripped).toList();
  }

  /** Without the empty cells that a spreadsheet puts behind the columns in use. */
  private static List<String> withoutEmptyEnd(List<String> cells, int least) {
    int end = cells.size();
    while (end > least && cells.get(end - 1).isEmpty()) {
      end--;
    }
    return cells.subList(0, end);
  }

  private void add(List<String> row, List<String> columns, long line) {
    String place = " line " + line;
    if (row.size() != columns.size()) {
      draft.fault(
          "a row has " + row.size() + " values",
          place,
          "give it " + columns.size() + "; put a value with a comma in quotes",
          null);
      return;
    }
    try {
      Listing listing =
          new Listing(
              CellText.words(value(row, columns, CATEGORY)),
              review(value(row, columns, REVIEW)),
              CellText.words(value(row, columns, LEGAL_BASIS)),
              under18(value(row, columns, UNDER_18)));
      ListedPicture picture =
          new ListedPicture(
              image(value(row, columns, IMAGE)), CellText.words(value(row, columns, SOURCE)), line);
      draft.add(value(row, columns, SUBJECT), listing, picture, place);
    } catch (IllegalArgumentException e) {
      draft.fault(String.valueOf(e.getMessage()), place, "correct the row", e);
    }
  }

  private static String value(List<String> row, List<String> columns, String column) {
    return row.get(columns.indexOf(column));
  }

  private static LocalDate review(String text) {
    try {
      if (text.length() == "2026-11-30".length()) {
        return LocalDate.parse(text);
      }
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("the review is not a day like 2026-11-30", e);
    }
    throw new IllegalArgumentException("the review is not a day like 2026-11-30");
  }

  private static boolean under18(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "yes" -> true;
      case "no" -> false;
      default -> throw new IllegalArgumentException("under18 is neither yes nor no");
    };
  }

  /**
   * A name may be written with composed letters or without, in the list and on the disk, and with
   * the backslashes of the machine that the list was made on.
   */
  private Path image(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the row names no image");
    }
    try {
      Path image = file.resolveSibling(text);
      if (Files.exists(image)) {
        return image;
      }
      for (Normalizer.Form form : Normalizer.Form.values()) {
        String composed = Normalizer.normalize(text, form);
        for (String spelt : List.of(composed, composed.replace('\\', '/'))) {
          Path found = file.resolveSibling(spelt);
          if (Files.exists(found)) {
            return found;
          }
        }
      }
      Listing.requireVisible("image", text);
      return image;
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException("the image is not a file name", e);
    }
  }

  private PictureListException unusable(String what, String place, String remedy) {
    return new PictureListException(what, file + place, remedy, null);
  }
}
