package org.sightline.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.RecordCheck.Figure;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.Database;
import tools.jackson.databind.json.JsonMapper;

/** Three alerts of a deployment, one of them judged, and one of another. */
class RecordCheckTest {
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");
  private static final Instant NOW = Instant.parse("2026-11-23T13:00:00Z");
  private static final String RECORD =
      """
      {"deployment":"D-7","thresholds":[{"since":"2026-11-23T09:00:00Z","cosine":0.65852}],
       "counts":{"frames":100,"facesSeen":9,"alerts":3},
       "outcomes":{"correct":0,"wrong":1,"unresolved":0,"open":2},"signedOutcomes":1}
      """;

  @TempDir private Path folder;
  private final DeviceKeys device = DeviceKeys.generate();
  private Database database;
  private AuditHead head;

  @BeforeEach
  void keepALog() throws Exception {
    database = Database.open(folder.resolve("data"));
    UUID withdrawn = UUID.randomUUID();
    append(AuditEvent.of(AuditKind.THRESHOLD_SET, Actor.AGENT).with("cosine", "0.6585"), "D-7");
    append(raised(UUID.randomUUID()), "D-7");
    append(raised(UUID.randomUUID()), "D-8");
    append(raised(withdrawn), "D-7");
    append(
        AuditEvent.of(AuditKind.OUTCOME_RECORDED, Actor.officer("1234"))
            .with("outcome", "false")
            .with("way", "signed"),
        "D-7");
    append(withdrawn(withdrawn), "D-7");
    head = append(withdrawn(UUID.randomUUID()), "D-7");
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private static AuditEvent raised(UUID alert) {
    return AuditEvent.of(AuditKind.ALERT_RAISED, Actor.AGENT).with("alert", alert);
  }

  private static AuditEvent withdrawn(UUID alert) {
    return AuditEvent.of(AuditKind.ALERT_WITHDRAWN, Actor.AGENT).with("alert", alert);
  }

  private AuditHead append(AuditEvent event, String deployment) throws Exception {
    return database.write(
        tx ->
            new AuditLog(Clock.systemUTC())
                .append(tx, event.with("deployment", new DeploymentId(deployment))));
  }

  private Path exported() throws Exception {
    Path file = folder.resolve("audit.jsonl");
    AuditLog.export(database, file);
    return file;
  }

  private SignedRecord record(String json) {
    return new SignedRecord(
        DEPLOYMENT,
        device.identity().fingerprint(),
        NOW,
        head.toString(),
        JsonMapper.shared().readTree(json));
  }

  private static RecordCheck check(SignedRecord record, Path log) throws Exception {
    return RecordCheck.of(record, log);
  }

  @Test
  void aRecordHoldsWhoseFiguresAreThoseOfTheLog() throws Exception {
    RecordCheck check = check(record(RECORD), exported());

    assertThat(check.holds()).isTrue();
    assertThat(check.figures())
        .extracting(Figure::what, Figure::log)
        .containsExactly(
            tuple("alerts", "3"),
            tuple("outcomes true", "0"),
            tuple("outcomes false", "1"),
            tuple("outcomes unresolved", "0"),
            tuple("outcomes signed", "1"),
            tuple("thresholds", "0.6585"));
  }

  @Test
  void whatCameAfterTheRecordWasSignedDoesNotCount() throws Exception {
    append(raised(UUID.randomUUID()), "D-7");

    assertThat(check(record(RECORD), exported()).holds()).isTrue();
  }

  @Test
  void aFigureThatIsNotThatOfTheLogIsNamed() throws Exception {
    for (String[] change :
        new String[][] {
          {"\"alerts\":3", "\"alerts\":2", "alerts"},
          {"\"alerts\":3", "\"alertz\":3", "alerts"},
          {"\"correct\":0", "\"correct\":1", "outcomes true"},
          {"\"wrong\":1", "\"wrong\":0", "outcomes false"},
          {"\"unresolved\":0", "\"unresolved\":3", "outcomes unresolved"},
          {"\"signedOutcomes\":1", "\"signedOutcomes\":0", "outcomes signed"},
          {"0.65852", "0.55", "thresholds"}
        }) {
      RecordCheck check = check(record(RECORD.replace(change[0], change[1])), exported());

      assertThat(check.holds()).isFalse();
      assertThat(check.figures().stream().filter(figure -> !figure.same()))
          .extracting(Figure::what)
          .containsExactly(change[2]);
      Files.delete(folder.resolve("audit.jsonl"));
    }
  }

  @Test
  void moreAlertsByCategoryThanTheLogHasAreNamed() throws Exception {
    for (int wanted : new int[] {2, 3}) {
      String record =
          RECORD.replace(
              "\"alerts\":3",
              "\"alerts\":3,\"alertsByCategory\":{\"missing\":1,\"wanted\":%d}".formatted(wanted));
      assertThat(check(record(record), exported()).figures().stream().filter(f -> !f.same()))
          .extracting(Figure::what)
          .isEqualTo(wanted == 2 ? List.of() : List.of("alerts by category"));
      Files.delete(folder.resolve("audit.jsonl"));
    }
  }

  @Test
  void aLogThatWasCutBeforeTheRecordIsNoneToCompareWith() throws Exception {
    Path log = exported();
    List<String> lines = Files.readAllLines(log);
    Files.write(log, lines.subList(0, lines.size() - 1));

    RecordCheck check = check(record(RECORD), log);

    assertThat(check.holds()).isFalse();
    assertThat(check.log()).isInstanceOf(AuditVerdict.Cut.class);
    assertThat(check.figures()).isEmpty();
  }

  @Test
  void anotherLogIsNoneToCompareWith() throws Exception {
    Path other = folder.resolve("other.jsonl");
    try (Database another = Database.open(folder.resolve("another"))) {
      SampleLog.append(another, 9);
      AuditLog.export(another, other);
    }

    assertThat(check(record(RECORD), other).holds()).isFalse();
  }

  @Test
  void aSignedRecordIsReadAsItWasSigned() {
    SignedRecord signed = record(RECORD);

    assertThat(SignedRecord.read(signed.sign(device).bytes(), device.identity()))
        .isInstanceOfSatisfying(
            Reading.Signed.class, reading -> assertThat(reading.content()).isEqualTo(signed));
  }

  @Test
  void aRecordThatAnotherDeviceSignedIsNotRead() {
    byte[] file = record(RECORD).sign(DeviceKeys.generate()).bytes();

    assertThat(SignedRecord.read(file, device.identity()))
        .isInstanceOf(Reading.UnknownSigner.class);
  }

  @Test
  void everyFlippedBitAndCutOfASignedRecordIsRefused() {
    byte[] good = record(RECORD).sign(device).bytes();
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(SignedRecord.read(bad, device.identity()))
          .as("bit " + bit)
          .isNotInstanceOf(Reading.Signed.class);
    }
    for (int length = 0; length < good.length; length++) {
      assertThat(SignedRecord.read(Arrays.copyOf(good, length), device.identity()))
          .isInstanceOf(Reading.Malformed.class);
    }
  }
}
