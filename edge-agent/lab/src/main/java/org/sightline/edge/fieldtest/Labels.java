package org.sightline.edge.fieldtest;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/**
 * What a consented test set says of its people, by person: read from its file, never from a
 * picture.
 *
 * @param columns names of the labels
 */
record Labels(List<String> columns, Map<String, Map<String, String>> byPerson) {
  static final Labels NONE = new Labels(List.of(), Map.of());

  private static final String PERSON = "person";

  private static final CSVFormat CSV =
      CSVFormat.RFC4180
          .builder()
          .setHeader()
          .setSkipHeaderRecord(true)
          .setTrim(true)
          .setIgnoreEmptyLines(true)
          .get();

  /**
   * Reads a CSV file with a column {@code person}, which holds the truth's person or a subject of
   * the watchlist, and a column for each label.
   *
   * @throws SightlineException if it is none
   */
  static Labels read(Path file) throws SightlineException {
    try (Reader text = Files.newBufferedReader(file);
        CSVParser rows = CSVParser.parse(text, CSV)) {
      if (!rows.getHeaderNames().contains(PERSON)) {
        throw unusable(
            file, "its first line names the columns, one of them '" + PERSON + "'", null);
      }
      List<String> columns =
          rows.getHeaderNames().stream().filter(name -> !name.equals(PERSON)).toList();
      Map<String, Map<String, String>> byPerson = new HashMap<>();
      for (CSVRecord row : rows) {
        if (!row.isConsistent()) {
          throw unusable(
              file, "line " + rows.getCurrentLineNumber() + " does not have as many columns", null);
        }
        if (byPerson.put(row.get(PERSON), row.toMap()) != null) {
          throw unusable(
              file, "line " + rows.getCurrentLineNumber() + " labels a person again", null);
        }
      }
      return new Labels(columns, byPerson);
    } catch (IOException | UncheckedIOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the labels cannot be read",
          file.toString(),
          "name a CSV file in UTF-8",
          e);
    } catch (IllegalArgumentException e) {
      throw unusable(file, "each column has a name of its own", e);
    }
  }

  private static SightlineException unusable(Path file, String reason, @Nullable Throwable cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT, "these are no labels", file.toString(), reason, cause);
  }

  /** The label of the person known by one of the names; null if none of them has it. */
  @Nullable String of(String column, @Nullable String... names) {
    for (String name : names) {
      Map<String, String> labels = name == null ? null : byPerson.get(name);
      String label = labels == null ? null : labels.get(column);
      if (label != null && !label.isEmpty()) {
        return label;
      }
    }
    return null;
  }
}
