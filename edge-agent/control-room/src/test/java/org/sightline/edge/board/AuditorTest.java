package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.AuditVerdict;
import org.sightline.edge.audit.AuditVerifier;
import org.sightline.edge.web.login.Role;
import tools.jackson.databind.JsonNode;

/** An auditor, who sees who did what and nothing of whom, with a real board and broker. */
@Execution(ExecutionMode.CONCURRENT)
class AuditorTest {
  private static final String NEWEST = "/api/log/records/newest";

  @AutoClose private RunningBoard room;
  private Officer auditor;
  private UUID alert;

  @BeforeEach
  void anAlertIsJudged(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
    alert = room.alert("S-1");
    Officer officer = room.officer();
    officer.claims(alert, false);
    officer.judges(alert, "true");
    auditor = room.officer("auditor-1", Role.AUDITOR);
  }

  private static List<String> events(JsonNode read) {
    return read.required("records")
        .valueStream()
        .map(
            record ->
                record.required("actor").stringValue()
                    + " "
                    + record.required("event").stringValue())
        .toList();
  }

  private HttpResponse<byte[]> verify(String heads) throws Exception {
    String csrf = auditor.json(NEWEST).required("csrf").stringValue();
    return auditor.send(
        auditor
            .to("/api/log/verify")
            .header("Content-Type", "application/json")
            .header("X-CSRF-Token", csrf)
            .POST(BodyPublishers.ofString("{\"heads\":[" + heads + "]}")));
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + room.database());
        Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  @Test
  void whatOfficersDidIsReadNewestFirstAndSoIsTheReading() throws Exception {
    JsonNode read = auditor.json(NEWEST);

    assertThat(events(read))
        .containsExactly(
            "officer:auditor-1 log-read",
            "officer:auditor-1 logged-in",
            "officer:1234 outcome-recorded",
            "officer:1234 alert-claimed",
            "officer:1234 logged-in",
            "officer:sergeant-7 logged-in",
            "agent board-started");
    assertThat(read.toString()).contains(alert.toString()).doesNotContain("S-1");
  }

  @Test
  void whatIsOlderIsReadFromARecordOn() throws Exception {
    assertThat(events(auditor.json("/api/log/records/3")))
        .containsExactly("officer:sergeant-7 logged-in", "agent board-started");
  }

  @Test
  void anIntactLogIsVerifiedUpToItsNewestRecordAndThatIsShownLater() throws Exception {
    JsonNode verdict = Officer.json(verify(""));

    assertThat(verdict.required("intact").booleanValue()).isTrue();
    assertThat(verdict.required("line").stringValue()).startsWith("intact: 7 records");
    JsonNode verified = auditor.json(NEWEST).required("verified");
    assertThat(verified.required("actor").stringValue()).isEqualTo("officer:auditor-1");
    assertThat(verified.required("details").required("head").stringValue()).startsWith("7:");
  }

  @Test
  void aRecordThatWasAlteredIsNamed() throws Exception {
    sql(
        "DROP TRIGGER audit_record_is_fixed",
        "UPDATE audit_record SET line = CAST(replace(CAST(line AS TEXT), '1234', '9999') AS BLOB)"
            + " WHERE sequence = 4");

    JsonNode verdict = Officer.json(verify(""));

    assertThat(verdict.required("intact").booleanValue()).isFalse();
    assertThat(verdict.required("line").stringValue()).contains("altered: record 4");
    assertThat(auditor.json(NEWEST).required("verified").required("details").toString())
        .contains("broken");
  }

  @Test
  void aTailThatWasCutOffShowsAtAHeadThatWasKept() throws Exception {
    JsonNode verdict = Officer.json(verify("\"9:" + "a".repeat(64) + "\""));

    assertThat(verdict.required("intact").booleanValue()).isFalse();
    assertThat(verdict.required("line").stringValue()).startsWith("cut");
  }

  @Test
  void whatIsNoHeadIsABadRequest() throws Exception {
    assertThat(verify("\"9\"").statusCode()).isEqualTo(400);
  }

  @Test
  void aCopyOfTheLogIsWhatTheVerifierReadsAndThatItWasTakenIsInIt() throws Exception {
    byte[] copy = auditor.get("/api/log/board-log.jsonl").body();

    assertThat(new AuditVerifier(List.of()).verify(new ByteArrayInputStream(copy)))
        .isInstanceOf(AuditVerdict.Intact.class);
    assertThat(new String(copy, UTF_8).lines().toList().get(6))
        .contains("data-exported", "log-jsonl", "auditor-1");
  }

  @Test
  void aCopyAsCsvHasARowForEachRecord() throws Exception {
    String copy = new String(auditor.get("/api/log/board-log.csv").body(), UTF_8);

    assertThat(copy.lines().toList())
        .hasSize(8)
        .element(5)
        .asString()
        .matches("5,[^,]+,outcome-recorded,1234," + alert + ",true,closed,.*");
  }

  @Test
  void figuresAreThoseOfTheDayAndOfEachDeploymentWithIntervals() throws Exception {
    JsonNode figures = auditor.json("/api/figures");

    assertThat(figures.required("live").required("alerts").intValue()).isOne();
    JsonNode deployment = figures.required("deployments").values().iterator().next();
    JsonNode truth = deployment.required("outcomes").required(0);
    assertThat(truth.required("outcome").stringValue()).isEqualTo("true");
    assertThat(truth.required("of").intValue()).isOne();
    assertThat(truth.required("lower95").doubleValue()).isBetween(0.02, 0.03);
    assertThat(figures.toString()).doesNotContain("S-1");
    assertThat(events(auditor.json(NEWEST))).contains("officer:auditor-1 figures-read");
  }

  /** A record that cannot be read, in a log that can be written. */
  private void unreadableFrom(int sequence) throws Exception {
    sql(
        "ALTER TABLE audit_record RENAME TO kept",
        "CREATE VIEW audit_record AS SELECT sequence, hash, CASE sequence WHEN "
            + sequence
            + " THEN zeroblob(2147483647) ELSE line END AS line FROM kept",
        "CREATE TRIGGER kept INSTEAD OF INSERT ON audit_record"
            + " BEGIN INSERT INTO kept VALUES (NEW.sequence, NEW.line, NEW.hash); END");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/log/board-log.csv", "/api/log/board-log.jsonl"})
  void aCopyThatFailsMidwayDoesNotArriveAsAWholeOne(String path) throws Exception {
    // More than is read at a time, and then a record that cannot be read.
    sql(
        "WITH RECURSIVE number(n) AS (SELECT 7 UNION ALL SELECT n + 1 FROM number WHERE n < 400)"
            + " INSERT INTO audit_record SELECT n, line, hash FROM number,"
            + " (SELECT line, hash FROM audit_record WHERE sequence = 2)");
    unreadableFrom(390);

    assertThatThrownBy(() -> auditor.get(path)).isInstanceOf(IOException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/log/board-log.csv", "/api/log/board-log.jsonl"})
  void aCopyThatFailsBeforeItsFirstByteIsNoFileButAnAnswer(String path) throws Exception {
    unreadableFrom(1);

    HttpResponse<byte[]> answer = auditor.get(path);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    assertThat(answer.headers().allValues("Content-Type")).containsExactly("application/json");
    assertThat(Officer.json(answer).required("error").stringValue()).isEqualTo("not-recorded");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        NEWEST,
        "/api/log/board-log.csv",
        "/api/log/board-log.jsonl",
        "/api/figures",
        "/api/engagements.csv"
      })
  void whatCannotBeRecordedIsNotHandedOver(String path) throws Exception {
    sql(
        "PRAGMA writable_schema = ON",
        "UPDATE sqlite_schema SET sql = 'CREATE TABLE audit_record (' WHERE name = 'audit_record'",
        "PRAGMA schema_version = 9999");

    HttpResponse<byte[]> answer = auditor.get(path);

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(Officer.json(answer).required("error").stringValue()).isEqualTo("not-recorded");
  }
}
