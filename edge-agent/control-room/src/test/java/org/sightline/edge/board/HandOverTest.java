package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.Receipt;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a shift leaves to the next, with a real board and broker. */
@Execution(ExecutionMode.CONCURRENT)
class HandOverTest {
  private static final String SHEET = "/api/hand-over";

  @AutoClose private RunningBoard room;
  private Officer leaves;
  private Officer comes;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.withTwoPersons(folder);
    leaves = room.officer(RunningBoard.FIRST);
    comes = room.officer(RunningBoard.SECOND);
  }

  private JsonNode now() throws Exception {
    return leaves.json(SHEET).required("now");
  }

  private String written(String notes) throws Exception {
    return Officer.json(leaves.posts(SHEET + "/written", "{\"notes\":\"" + notes + "\"}"))
        .required("digest")
        .stringValue();
  }

  private static HttpResponse<byte[]> takes(Officer officer, String digest) throws Exception {
    return officer.posts(SHEET + "/taken", "{\"digest\":\"" + digest + "\"}");
  }

  private static String error(HttpResponse<byte[]> answer) {
    return Officer.json(answer).required("error").stringValue();
  }

  private JsonNode recorded(AuditKind kind) throws Exception {
    try (Database database = Database.open(room.database(), Schema.BOARD)) {
      return new JsonMapper().readTree(AuditLog.newest(database, kind).orElseThrow());
    }
  }

  @Test
  void anOpenAlertIsNamedByItsCategoryItsAgeAndWhoHasClaimedIt() throws Exception {
    UUID alert = room.alert("S-1");
    leaves.looks(UUID.randomUUID(), alert);
    leaves.claims(alert, false);
    room.clock.shift(Duration.ofSeconds(3));

    JsonNode open = now().required("open").required(0);

    assertThat(open.required("category").stringValue()).isNotEmpty();
    assertThat(open.required("ageMillis").longValue()).isGreaterThanOrEqualTo(3000);
    assertThat(open.required("claimedBy").stringValue()).isEqualTo(RunningBoard.FIRST);
  }

  @Test
  void nothingSaysWhoAnAlertIsAbout() throws Exception {
    room.alert("S-1");

    assertThat(now().toString()).doesNotContain("S-1", "subject", "probe", "portrait");
  }

  @Test
  void whatTwoOfficersDisagreeAboutWaitsForASupervisor() throws Exception {
    UUID alert = room.alert("S-1");
    leaves.judges(alert, "true");
    comes.judges(alert, "false");

    JsonNode sheet = now();

    assertThat(sheet.required("open")).isEmpty();
    assertThat(sheet.required("disputed").required(0).required("id").stringValue())
        .isEqualTo(alert.toString());
  }

  @Test
  void whatTheVanHasNotConfirmedAndWhatNobodyHasStatedIsNamed() throws Exception {
    UUID alert = room.alert("S-1");
    leaves.judges(alert, "true");
    comes.judges(alert, "true");

    JsonNode sheet = now();

    assertThat(sheet.required("notConfirmed").required(0).required("id").stringValue())
        .isEqualTo(alert.toString());
    JsonNode without = sheet.required("withoutResult").required(0);
    assertThat(without.required("id").stringValue()).isEqualTo(alert.toString());
    assertThat(without.required("takenBy").isNull()).isTrue();
  }

  private void vanSays(Receipt receipt) throws Exception {
    room.tap.publish(
        "sightline/v1/" + Alerts.VAN + "/receipts",
        Alerts.DEVICE.signMessage(receipt.signedType(), receipt.encode(Alerts.VAN)));
  }

  private void awaitOnSheet(String list, String member, String value) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(now().required(list).required(0).required(member).asString())
                    .isEqualTo(value));
  }

  @Test
  void whatTheVanHasRecordedDifferentlyOrRefusedIsNamedWithWhatItSays() throws Exception {
    UUID alert = room.alert("S-1");
    leaves.judges(alert, "true");
    comes.judges(alert, "true");

    vanSays(OutcomeReceipt.not(OutcomeReceipt.Result.NOT_STORED, alert));
    awaitOnSheet("notConfirmed", "result", "not-stored");
    vanSays(OutcomeReceipt.recorded(alert, Outcome.FALSE, Alerts.POSITION.head()));
    awaitOnSheet("notConfirmed", "atVan", "false");
  }

  @Test
  void anAlertWhoseSubjectIsOffTheListIsMarked() throws Exception {
    vanSays(new WithdrawnAlert(room.alert("S-1")));

    awaitOnSheet("open", "withdrawn", "true");
  }

  @Test
  void whatIsNotKnownIsSaidToBeUnknown() throws Exception {
    room.alert("S-1");

    assertThat(now().required("deployments").required(0).required("ends").isNull()).isTrue();
  }

  @Test
  void aVanThatIsSilentIsNamedWithItsTime() throws Exception {
    room.status(Alerts.VAN, "{\"van\":\"" + Alerts.VAN + "\",\"state\":\"online\",\"queued\":0}");
    room.alert("S-1");
    try (Events events = leaves.watch()) {
      events.next("snapshot");
      room.clock.shift(Duration.ofMinutes(5));
      events.next("van", van -> van.required("state").stringValue().equals("silent"));
    }

    JsonNode van = now().required("vans").required(0);

    assertThat(van.required("state").stringValue()).isEqualTo("silent");
    assertThat(van.required("sinceMillis").isNumber()).isTrue();
  }

  @Test
  void theDigestOfTheSheetIsThatOfItsCopyAndOfTheLog() throws Exception {
    String digest = written("Van 2 has a flat tyre.");

    byte[] copy = comes.get(SHEET + "/sheet.json").body();

    assertThat(Sha256.of(copy).hex()).isEqualTo(digest);
    assertThat(new JsonMapper().readTree(copy).required("notes").stringValue())
        .isEqualTo("Van 2 has a flat tyre.");
    assertThat(
            recorded(AuditKind.HAND_OVER_WRITTEN)
                .required("details")
                .required("sheet")
                .stringValue())
        .isEqualTo(digest);
  }

  @Test
  void whoTakesOverIsInTheLogUnderTheirOwnLogin() throws Exception {
    String digest = written("");

    assertThat(takes(comes, digest).statusCode()).isEqualTo(204);

    JsonNode record = recorded(AuditKind.SHIFT_TAKEN_OVER);
    assertThat(record.required("actor").stringValue()).isEqualTo("officer:" + RunningBoard.SECOND);
    assertThat(record.required("details").required("from").stringValue())
        .isEqualTo(RunningBoard.FIRST);
    assertThat(record.required("details").required("sheet").stringValue()).isEqualTo(digest);
    assertThat(leaves.json(SHEET).required("written").required("takenBy").stringValue())
        .isEqualTo(RunningBoard.SECOND);
  }

  @Test
  void whatIsNotKeptIsNotInTheLogEither() throws Exception {
    try (Database database = Database.open(room.database(), Schema.BOARD)) {
      database.update(
          "CREATE TRIGGER refused BEFORE INSERT ON hand_over"
              + " BEGIN SELECT RAISE(ABORT, 'refused'); END");

      assertThat(leaves.posts(SHEET + "/written", "{\"notes\":\"\"}").statusCode())
          .isGreaterThanOrEqualTo(500);

      assertThat(AuditLog.newest(database, AuditKind.HAND_OVER_WRITTEN)).isEmpty();
    }
  }

  @Test
  void whoWroteTheSheetDoesNotTakeItOver() throws Exception {
    assertThat(error(takes(leaves, written("")))).isEqualTo("same-officer");
  }

  @Test
  void aSheetIsTakenOverOnce() throws Exception {
    String digest = written("");
    takes(comes, digest);

    assertThat(error(takes(room.officer(RunningBoard.SUPERVISOR), digest))).isEqualTo("changed");
  }

  @Test
  void aSheetThatWasWrittenAgainHasToBeLookedAtFirst() throws Exception {
    String before = written("");
    written("One more thing.");

    assertThat(error(takes(comes, before))).isEqualTo("changed");
  }

  @Test
  void itOutlastsARestartOfTheBoard() throws Exception {
    String digest = written("");

    room.stop();
    room.start();

    assertThat(takes(room.officer(RunningBoard.SECOND), digest).statusCode()).isEqualTo(204);
  }

  @Test
  void itIsGoneAfterADay() throws Exception {
    written("");

    room.clock.shift(Duration.ofHours(24));

    assertThat(room.officer(RunningBoard.SECOND).json(SHEET).has("written")).isFalse();
  }

  @Test
  void nobodyNeedsToAskForItToBeDeleted() throws Exception {
    written("");

    room.clock.shift(Duration.ofHours(24));

    try (Database database = Database.open(room.database(), Schema.BOARD)) {
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> database.first("SELECT id FROM hand_over", row -> 1).isEmpty());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u202etxet", "\\u0007", "one\\u2028two"})
  void notesThatCannotBeSeenAreRefused(String notes) throws Exception {
    assertThat(leaves.posts(SHEET + "/written", "{\"notes\":\"" + notes + "\"}").statusCode())
        .isEqualTo(400);
  }

  @Test
  void notesAreBounded() throws Exception {
    String notes = "n".repeat(1001);

    assertThat(leaves.posts(SHEET + "/written", "{\"notes\":\"" + notes + "\"}").statusCode())
        .isEqualTo(400);
  }
}
