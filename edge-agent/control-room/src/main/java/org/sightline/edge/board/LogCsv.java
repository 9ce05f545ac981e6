package org.sightline.edge.board;

import java.io.IOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The log of a board as comma-separated values, a record a row. */
public final class LogCsv {
  private static final JsonMapper JSON = new JsonMapper();

  /** What a record may say besides who did what and when. New ones follow the others. */
  private static final List<String> DETAILS =
      List.of(
          "alert",
          "outcome",
          "state",
          "reason",
          "from",
          "to",
          "engagement",
          "engaged",
          "result",
          "corrects",
          "desk",
          "sheet",
          "what",
          "before",
          "heads",
          "verdict",
          "head",
          "vans",
          "role",
          "as",
          "more",
          "van",
          "messages");

  private LogCsv() {}

  /** Writes the names of the columns. */
  public static void head(Writer out) throws IOException {
    List<String> names = new ArrayList<>(List.of("sequence", "at", "event", "officer"));
    names.addAll(DETAILS);
    Csv.row(out, names);
  }

  /**
   * Writes a record.
   *
   * @param line as the log has it
   */
  public static void row(Writer out, byte[] line) throws IOException {
    JsonNode record = JSON.readTree(line);
    List<String> values = new ArrayList<>();
    for (String name : List.of("sequence", "at", "event")) {
      values.add(record.required(name).asString());
    }
    values.add(record.required("actor").asString().replaceFirst("^officer:", ""));
    JsonNode details = record.path("details");
    DETAILS.forEach(name -> values.add(details.path(name).asString("")));
    Csv.row(out, values);
  }
}
