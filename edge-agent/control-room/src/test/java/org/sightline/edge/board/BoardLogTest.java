package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.AuditVerdict;
import org.sightline.edge.audit.AuditVerifier;
import org.sightline.edge.store.Database;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What officers did at a board is in its log, and nothing about anybody else is. */
@Execution(ExecutionMode.CONCURRENT)
class BoardLogTest {
  private static final UUID PAGE = UUID.randomUUID();

  @TempDir private Path folder;
  private RunningBoard board;
  private Officer first;
  private Officer second;

  @BeforeEach
  void start() throws Exception {
    board = RunningBoard.in(folder);
    first = board.officer();
    second = board.officer(RunningBoard.SECOND);
  }

  @AfterEach
  void close() throws Exception {
    board.close();
  }

  private List<String> log() throws Exception {
    List<String> lines = new ArrayList<>();
    try (Database database = Board.existingData(board.database().getParent())) {
      assertThat(new AuditVerifier(List.of()).verify(database))
          .isInstanceOf(AuditVerdict.Intact.class);
      AuditLog.<RuntimeException>forEachLine(
          database,
          line -> {
            JsonNode record = new JsonMapper().readTree(line);
            lines.add(
                record.required("actor").stringValue().replace("officer:", "")
                    + " "
                    + record.required("event").stringValue()
                    + " "
                    + record.required("details").path("outcome").asString("")
                    + record.required("details").path("reason").asString("")
                    + record.required("details").path("from").asString("")
                    + record.required("details").path("to").asString(""));
          });
    }
    return lines.stream()
        .filter(line -> !line.contains("logged-in") && !line.contains("board-started"))
        .map(String::strip)
        .toList();
  }

  @Test
  void whoLookedClaimedChoseAndWasRefusedIsRecordedOnceEach() throws Exception {
    UUID alert = board.alert("S-1");
    first.looks(PAGE, alert);
    first.looks(PAGE, alert);
    second.looks(PAGE, alert);
    first.claims(alert, false);
    first.claims(alert, false);
    second.judges(alert, "false");
    second.claims(alert, false);
    second.claims(alert, true);
    second.handsOver(alert, RunningBoard.FIRST);
    first.posts("/api/alerts/" + alert + "/release", "{}");
    first.judges(alert, "true");
    second.judges(alert, "false");

    assertThat(log())
        .containsExactly(
            "1234 alert-looked-at",
            "sergeant-7 alert-looked-at",
            "1234 alert-claimed",
            "sergeant-7 outcome-refused falseclaimed",
            "sergeant-7 alert-claimed 1234",
            "sergeant-7 alert-handed-over 1234",
            "1234 alert-released",
            "1234 outcome-recorded true",
            "sergeant-7 outcome-refused falseclosed");
  }

  @Test
  void itGoesOnAfterARestartAndIsNotDeletedWithTheAlerts() throws Exception {
    first.looks(PAGE, board.alert("S-1"));
    board.stop();
    board.start();
    board.officer().looks(PAGE, board.alert("S-2"));

    assertThat(log()).hasSize(2);
  }
}
