package org.sightline.edge.cli.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;

/** The log of a board, from the command line. */
class BoardLogCommandTest {
  private static final UUID ALERT = new UUID(1, 2);

  @TempDir private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void keepALog() throws Exception {
    AuditLog log = new AuditLog(Clock.systemUTC());
    Actor officer = Actor.officer("1234");
    List<AuditEvent> events =
        List.of(
            AuditEvent.of(AuditKind.ALERT_LOOKED_AT, officer).with("alert", ALERT),
            AuditEvent.of(AuditKind.ALERT_CLAIMED, officer)
                .with("alert", ALERT)
                .with("from", "5678"),
            AuditEvent.of(AuditKind.OUTCOME_RECORDED, officer)
                .with("alert", ALERT)
                .with("outcome", "true")
                .with("state", "closed"));
    try (Database database = Database.open(folder.resolve("board.db"), Schema.BOARD)) {
      for (AuditEvent event : events) {
        database.write(transaction -> log.append(transaction, event));
      }
    }
  }

  private int run(Object... args) {
    return Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        List.of(args).stream().map(Object::toString).toArray(String[]::new));
  }

  @Test
  void anIntactLogIsAYes() {
    assertThat(run("board", "log", "verify", "--data", folder)).isZero();
    assertThat(out.toString()).startsWith("intact");
  }

  @Test
  void aRecordThatWasAlteredIsANo() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("board.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("DROP TRIGGER audit_record_is_fixed");
      statement.execute(
          "UPDATE audit_record SET line = CAST(replace(CAST(line AS TEXT), '1234', '9999') AS BLOB)"
              + " WHERE sequence = 2");
    }

    assertThat(run("board", "log", "verify", "--data", folder)).isEqualTo(1);
    assertThat(out.toString()).contains("2");
  }

  @Test
  void theTableRefusesEveryChange() throws Exception {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("board.db"));
        Statement statement = connection.createStatement()) {
      org.assertj.core.api.Assertions.assertThatThrownBy(
              () -> statement.execute("DELETE FROM audit_record"))
          .hasMessageContaining("append-only");
    }
  }

  @Test
  void anExportIsCheckedAsThatOfAVanIs() {
    Path file = folder.resolve("board.jsonl");

    assertThat(run("board", "log", "export", "--data", folder, "--out", file)).isZero();

    assertThat(run("audit", "verify", file)).isZero();
  }

  @Test
  void whatIsExportedAsCsvIsARecordALine() throws Exception {
    Path file = folder.resolve("board.csv");

    assertThat(run("board", "log", "export", "--csv", "--data", folder, "--out", file)).isZero();

    List<String> lines = Files.readAllLines(file);
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0))
        .startsWith("sequence,at,event,officer,alert,outcome,state,reason,from,to,");
    assertThat(lines.get(2)).matches("2,[^,]+,alert-claimed,1234," + ALERT + ",,,,5678,,*");
    assertThat(lines.get(3)).matches("3,[^,]+,outcome-recorded,1234," + ALERT + ",true,closed,,*");
  }

  @Test
  void aFileThatIsThereIsNotOverwritten() throws Exception {
    Path file = Files.writeString(folder.resolve("board.csv"), "mine");

    assertThat(run("board", "log", "export", "--csv", "--data", folder, "--out", file))
        .isEqualTo(2);

    assertThat(file).hasContent("mine");
    assertThat(err.toString()).contains("the file exists already").hasLineCount(1);
  }

  @Test
  void aFolderWithoutABoardIsReportedInOneLineAndNothingIsMade() throws Exception {
    Path empty = Files.createDirectory(folder.resolve("empty"));

    assertThat(run("board", "log", "verify", "--data", empty)).isEqualTo(2);

    assertThat(err.toString()).contains("the folder holds no data of a board").hasLineCount(1);
    assertThat(empty).isEmptyDirectory();
  }
}
