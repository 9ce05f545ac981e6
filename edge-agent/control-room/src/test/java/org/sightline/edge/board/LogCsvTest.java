package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A board's log, as a spreadsheet has it. */
class LogCsvTest {
  @Test
  void howManyRefusedMessagesAnOfficerTookNoteOfIsInAColumn() throws Exception {
    StringWriter out = new StringWriter();
    LogCsv.head(out);
    LogCsv.row(
        out,
        """
        {"sequence":3,"at":"2026-11-23T09:02:03Z","event":"refusals-acknowledged",
         "actor":"officer:1234","details":{"messages":"17"}}
        """
            .getBytes(UTF_8));

    List<String[]> rows = out.toString().lines().map(line -> line.split(",", -1)).toList();
    assertThat(rows.get(1)[Arrays.asList(rows.get(0)).indexOf("messages")]).isEqualTo("17");
  }
}
