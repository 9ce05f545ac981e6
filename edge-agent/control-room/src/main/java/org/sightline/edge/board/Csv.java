package org.sightline.edge.board;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * Writes comma-separated values as RFC 4180 has them, with line feeds. A value that a spreadsheet
 * would take for a formula begins with an apostrophe, by which it is a text there.
 */
final class Csv {
  private static final String FORMULA = "=+-@\t\r";

  private Csv() {}

  /** Writes one row. */
  static void row(Writer out, List<String> values) throws IOException {
    String comma = "";
    for (String value : values) {
      out.write(comma);
      out.write(cell(value));
      comma = ",";
    }
    out.write('\n');
  }

  private static String cell(String value) {
    String text = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    return text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
        ? '"' + text.replace("\"", "\"\"") + '"'
        : text;
  }
}
