package org.sightline.edge.board;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.sightline.edge.board.room.ControlRoom.Stated;
import org.sightline.edge.board.room.Statement;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.publish.EngagementMessage;

/**
 * What became of alerts in the street, as comma-separated values: a row for each statement, so that
 * a correction stands beside what it corrects. Who it was about, groups, reasons and notes are in
 * no row.
 */
final class EngagementsCsv {
  private static final List<String> NAMES =
      List.of(
          "alert",
          "van",
          "deployment",
          "exercise",
          "outcome",
          "engagement",
          "at",
          "officer",
          "engaged",
          "result",
          "action",
          "minutes",
          "corrects",
          "delivery");

  private EngagementsCsv() {}

  static void write(Writer out, List<Stated> alerts) throws IOException {
    Csv.row(out, NAMES);
    for (Stated alert : alerts) {
      for (Statement statement : alert.statements()) {
        Csv.row(out, row(alert, statement));
      }
    }
  }

  private static List<String> row(Stated alert, Statement statement) {
    EngagementMessage said = statement.message();
    Engagement.Stop stop = said.found().stop();
    return List.of(
        said.alert().toString(),
        alert.origin().van().value(),
        alert.origin().deployment().value(),
        Boolean.toString(alert.exercise()),
        alert.outcome() == null ? "" : alert.outcome().word(),
        said.id().toString(),
        said.at().toString(),
        said.by().reference(),
        said.found().attempt().word(),
        said.found().result().word(),
        stop == null ? "" : stop.action().word(),
        stop == null ? "" : Integer.toString(stop.minutes()),
        said.correction() == null ? "" : said.correction().of().toString(),
        statement.delivery());
  }
}
