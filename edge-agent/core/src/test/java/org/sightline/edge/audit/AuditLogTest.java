package org.sightline.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

class AuditLogTest {
  private static final AuditEvent EVENT =
      AuditEvent.of(AuditKind.CAPTURE_STARTED, Actor.AGENT).with("deployment", "D-7");

  @TempDir private Path folder;
  private Database database;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(folder);
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  @Test
  void aRecordIsOneLineThatNamesTheHashOfTheOneBefore() throws Exception {
    AuditLog log = new AuditLog(InstantSource.fixed(Instant.parse("2026-11-23T09:00:00.1239Z")));
    AuditHead first = database.write(transaction -> log.append(transaction, EVENT));
    database.write(transaction -> log.append(transaction, EVENT));

    List<String> lines = exported().lines().toList();
    Sha256 hash = Sha256.of(lines.get(0).getBytes(StandardCharsets.UTF_8));

    assertThat(lines).containsExactly(line(1, AuditHead.START.hash()), line(2, hash));
    assertThat(first).isEqualTo(new AuditHead(1, hash));
  }

  private static String line(int sequence, Sha256 previous) {
    return "{\"sequence\":"
        + sequence
        + ",\"at\":\"2026-11-23T09:00:00.123Z\",\"event\":\"capture-started\",\"actor\":\"agent\","
        + "\"details\":{\"deployment\":\"D-7\"},\"previous\":\""
        + previous
        + "\"}";
  }

  private static LogInstance instance(Path dataFolder) throws Exception {
    try (Database opened = Database.open(dataFolder)) {
      return opened.read(AuditLog::position).instance();
    }
  }

  @Test
  void theLogIsTheSameWhenTheFileIsOpenedAgain() throws Exception {
    LogInstance before = database.read(AuditLog::position).instance();
    database.close();

    assertThat(instance(folder)).isEqualTo(before);
  }

  @Test
  void aCopyOfTheDataFolderIsTheSameLog(@TempDir Path copy) throws Exception {
    LogInstance before = database.read(AuditLog::position).instance();
    database.close();
    Files.copy(folder.resolve(Database.FILE_NAME), copy.resolve(Database.FILE_NAME));

    assertThat(instance(copy)).isEqualTo(before);
  }

  @Test
  void anotherDataFolderIsAnotherLog(@TempDir Path other) throws Exception {
    assertThat(instance(other)).isNotEqualTo(database.read(AuditLog::position).instance());
  }

  @Test
  void aDataFileFromBeforeIsGivenOne() throws Exception {
    // They speak of columns and tables that are dropped.
    for (String trigger :
        database.query(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'refused_%'",
            row -> row.text("name"))) {
      database.update("DROP TRIGGER " + trigger);
    }
    database.update("DROP TABLE data_folder");
    database.update("ALTER TABLE deployment DROP COLUMN boxes");
    database.update("ALTER TABLE deployment_life DROP COLUMN lapses_millis");
    database.update("ALTER TABLE signed_outcomes_only DROP COLUMN two_officers");
    database.update("ALTER TABLE outbox_event DROP COLUMN two_officers");
    database.update("ALTER TABLE deployment DROP COLUMN mean_nearness");
    database.update("ALTER TABLE deployment DROP COLUMN usual_nearness");
    database.update("ALTER TABLE deployment DROP COLUMN capture_millis");
    database.update("ALTER TABLE outbox_event DROP COLUMN test");
    for (String later :
        List.of(
            "engagement",
            "engagement_count",
            "engagement_group",
            "withdrawal",
            "withdrawn_entries",
            "alert_subject",
            "alert_withdrawn",
            "deployment_pause",
            "subject_rise",
            "walk",
            "control_list",
            "urgent_authorisation",
            "refused_deployment",
            "trust_statement",
            "taken_signer",
            "taken_authorisation")) {
      database.update("DROP TABLE " + later);
    }
    database.update("PRAGMA user_version = 6");
    database.close();
    LogInstance given = instance(folder);

    assertThat(instance(folder)).isEqualTo(given);
  }

  @Test
  void theChainContinuesWhenTheFileIsOpenedAgain() throws Exception {
    AuditHead before = SampleLog.append(database, 3).get(2);
    database.close();
    database = Database.open(folder);

    assertThat(database.read(AuditLog::head)).isEqualTo(before);
    assertThat(SampleLog.append(database, 1).get(0).sequence()).isEqualTo(4);
    assertThat(verdict(before)).isInstanceOf(AuditVerdict.Intact.class);
  }

  @Test
  void anEmptyLogHasTheStartAsItsHead() throws Exception {
    assertThat(database.read(AuditLog::head)).isEqualTo(AuditHead.START);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE audit_record SET line = 'x' WHERE sequence = 2",
        "UPDATE audit_record SET sequence = 9 WHERE sequence = 2",
        "DELETE FROM audit_record WHERE sequence = 2",
        "DELETE FROM audit_record",
        "INSERT INTO audit_record (sequence, line, hash) VALUES (2, 'x', 'x')",
        "INSERT OR REPLACE INTO audit_record (sequence, line, hash) VALUES (2, 'x', 'x')"
      })
  void whatIsWrittenCannotBeChangedByAStatement(String statement) throws Exception {
    SampleLog.append(database, 3);
    String before = exported();

    assertThatIllegalStateException().isThrownBy(() -> database.update(statement));

    assertThat(exported()).isEqualTo(before);
  }

  @Test
  void aRecordGoesWithTheTransactionThatItIsAbout() throws Exception {
    List<AuditHead> heads = SampleLog.append(database, 3);
    AuditLog log = new AuditLog(InstantSource.system());

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(
            () ->
                database.write(
                    transaction -> {
                      log.append(transaction, EVENT);
                      throw new StoreException("what was recorded failed", "here", "nothing", null);
                    }));

    assertThat(database.read(AuditLog::head)).isEqualTo(heads.get(2));
    assertThat(database.write(transaction -> log.append(transaction, EVENT)).sequence())
        .isEqualTo(4);
    assertThat(verdict(heads.get(2))).isInstanceOf(AuditVerdict.Intact.class);
  }

  @Test
  void threadsThatAppendAtOnceMakeOneChain() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    List<Future<List<AuditHead>>> appended =
        IntStream.range(0, 4)
            .mapToObj(i -> threads.submit(() -> SampleLog.append(database, 25)))
            .toList();
    for (Future<List<AuditHead>> one : appended) {
      one.get();
    }
    threads.shutdown();

    assertIntactWith(100);
  }

  @Test
  void processesThatAppendAtOnceMakeOneChain() throws Exception {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                AppendingProcess.class.getName(),
                folder.toString(),
                "50")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(said.readLine()).isEqualTo("appending");
      SampleLog.append(database, 50);
      assertThat(other.waitFor()).isZero();
    } finally {
      other.destroyForcibly();
    }

    assertIntactWith(100);
  }

  @Test
  void aLogOfManyPagesIsExportedWhole() throws Exception {
    AuditLog log = new AuditLog(InstantSource.system());
    database.write(
        transaction -> {
          for (int i = 0; i < 1000; i++) {
            log.append(transaction, EVENT);
          }
          return 0;
        });

    assertIntactWith(1000);
  }

  @Test
  void anExportNeverOverwrites() throws Exception {
    Path file = Files.writeString(folder.resolve("kept.txt"), "mine");

    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> AuditLog.export(database, file))
        .satisfies(e -> assertThat(e.what()).isEqualTo("the file exists already"));

    assertThat(file).hasContent("mine");
  }

  @Test
  void ofAnExportThatFailsNothingRemains() throws Exception {
    Path file = folder.resolve("audit.jsonl");
    database.close();

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> AuditLog.export(database, file));

    assertThat(file).doesNotExist();
  }

  private void assertIntactWith(int records) throws Exception {
    AuditHead head = database.read(AuditLog::head);
    assertThat(head.sequence()).isEqualTo(records);
    Path file = folder.resolve("audit.jsonl");
    AuditLog.export(database, file);
    AuditVerdict.Intact intact = new AuditVerdict.Intact(head, records);
    assertThat(new AuditVerifier(List.of(head)).verify(file)).isEqualTo(intact);
    assertThat(verdict(head)).isEqualTo(intact);
  }

  private AuditVerdict verdict(AuditHead published) throws Exception {
    return new AuditVerifier(List.of(published)).verify(database);
  }

  private String exported() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AuditLog.export(database, out);
    return out.toString(StandardCharsets.UTF_8);
  }
}
