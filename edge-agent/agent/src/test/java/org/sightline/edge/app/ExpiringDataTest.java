package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.record.DeploymentCounts;
import org.sightline.edge.record.DeploymentFacts;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.retention.DeletionReceipt;
import org.sightline.edge.retention.Retention;
import org.sightline.edge.retention.Retention.Report;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/** What a round of deletion leaves on the disk of alerts and of what people found them to be. */
class ExpiringDataTest {
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final Instant EXPIRY = NOW.plus(Duration.ofHours(24));
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");

  /** Long enough not to occur by chance, short enough to find a rest of a payload. */
  private static final int TRACE_BYTES = 16;

  @TempDir Path folder;
  private Random random = new Random(1);
  private Database database;
  private Outbox outbox;
  private Retention retention;

  @BeforeEach
  void open() throws StoreException {
    database = Database.open(folder);
    outbox = new Outbox(database, DeviceKeys.generate().storage());
    retention = new Retention(database, new AuditLog(CLOCK), CLOCK, ExpiringData.ALL);
    DeploymentRecord.open(
            database,
            new DeploymentFacts(
                DEPLOYMENT, new VanId("van-1"), new Place("yard"), 1, "builtin", "1", null),
            new Similarity(0.5),
            "derived",
            () -> new DeploymentCounts(0, 0, 0, 0, new TreeMap<>()),
            CLOCK)
        .close();
  }

  @AfterEach
  void close() throws StoreException {
    database.close();
  }

  private UUID raise(Instant expires, int payloadBytes) throws StoreException {
    UUID id = UUID.randomUUID();
    byte[] payload = new byte[payloadBytes];
    random.nextBytes(payload);
    database.write(
        tx ->
            outbox.enqueue(
                tx,
                new KnownAlert(id, DEPLOYMENT, expires, false),
                new CameraId("mast-1"),
                payload,
                NOW));
    return id;
  }

  private void judge(UUID alert) throws StoreException {
    new Outcomes(database, new AuditLog(CLOCK), Outbox::find, CLOCK)
        .record(alert, Outcome.FALSE, Actor.officer("1234"));
  }

  /** Beginning, middle and end of every sealed payload that expires with the others. */
  private List<byte[]> traces() throws StoreException {
    List<byte[]> traces = new ArrayList<>();
    for (byte[] sealed :
        database.query(
            "SELECT sealed FROM outbox_event WHERE sealed IS NOT NULL AND expires_millis = ?",
            row -> row.bytes("sealed"),
            EXPIRY)) {
      for (int at : new int[] {0, sealed.length / 2, sealed.length - TRACE_BYTES}) {
        traces.add(Arrays.copyOfRange(sealed, at, at + TRACE_BYTES));
      }
    }
    return traces;
  }

  /** How many of the traces are in any of the database's files, free pages included. */
  private long found(List<byte[]> traces) throws Exception {
    StringBuilder everything = new StringBuilder();
    for (String suffix : List.of("", "-wal", "-shm")) {
      Path file = folder.resolve(Database.FILE_NAME + suffix);
      if (Files.exists(file)) {
        everything.append(Files.readString(file, StandardCharsets.ISO_8859_1)).append('|');
      }
    }
    return traces.stream()
        .filter(trace -> everything.indexOf(new String(trace, StandardCharsets.ISO_8859_1)) >= 0)
        .count();
  }

  /** Alerts of these sizes make SQLite move rows about, and secure_delete alone leaves copies. */
  @ParameterizedTest
  @ValueSource(longs = {1, 3, 7})
  void noByteOfAnExpiredAlertIsLeftInAnyFileOfTheDatabase(long sizes) throws Exception {
    random = new Random(sizes);
    for (int i = 0; i < 200; i++) {
      raise(EXPIRY, 1 << random.nextInt(3, 15));
      if (i % 3 == 0) {
        raise(EXPIRY.plusSeconds(1), 1 << random.nextInt(3, 15));
      }
      if (i % 50 == 0) {
        database.purge();
      }
    }
    List<byte[]> traces = traces();
    assertThat(found(traces)).isEqualTo(traces.size());

    Report report = retention.runOnce(EXPIRY);

    assertThat(report.failed()).isEmpty();
    assertThat(found(traces)).isZero();
    assertThat(outbox.tally().waiting()).isEqualTo(67);
  }

  @Test
  void neitherIdNorOutcomeOfAnExpiredAlertIsLeftButInTheAuditLog() throws Exception {
    UUID id = raise(EXPIRY, 100);
    judge(id);
    List<byte[]> trace = List.of(id.toString().getBytes(StandardCharsets.US_ASCII));

    retention.runOnce(EXPIRY);

    assertThat(database.query("SELECT 1 FROM outbox_event", row -> 1)).isEmpty();
    assertThat(database.query("SELECT 1 FROM alert_outcome", row -> 1)).isEmpty();
    database.update("DROP TRIGGER audit_record_stays");
    database.update("DELETE FROM audit_record");
    database.purge();
    assertThat(found(trace)).isZero();
  }

  @Test
  void alertsAndOutcomesHaveAReceiptEach() throws Exception {
    judge(raise(EXPIRY, 100));
    raise(EXPIRY, 100);

    assertThat(retention.runOnce(EXPIRY).receipts())
        .containsExactly(
            new DeletionReceipt(NOW, "alerts", 2, EXPIRY),
            new DeletionReceipt(NOW, "outcomes", 1, EXPIRY));
  }

  /** A reader sees one state throughout; as long as it does, that state is on the disk. */
  @Test
  void whatAReaderStillSeesIsTakenOffTheDiskInTheRoundAfterIt() throws Exception {
    raise(EXPIRY, 5000);
    List<byte[]> traces = traces();
    CountDownLatch reading = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    CompletableFuture<Integer> reader =
        CompletableFuture.supplyAsync(() -> readUntil(done, reading));
    reading.await();

    Report during = retention.runOnce(EXPIRY);

    assertThat(during.failed()).containsExactly(Retention.PURGE);
    assertThat(retention.failing()).containsExactly(Retention.PURGE);
    assertThat(during.receipts()).hasSize(1);
    assertThat(outbox.tally().waiting()).isZero();

    done.countDown();
    assertThat(reader.get()).isEqualTo(1);
    assertThat(retention.runOnce(EXPIRY).failed()).isEmpty();
    assertThat(found(traces)).isZero();
  }

  /** Returns how many alerts there are, as seen from the beginning of the reading. */
  private int readUntil(CountDownLatch done, CountDownLatch reading) {
    try (Database another = Database.openExisting(folder)) {
      return another.read(
          tx -> {
            int alerts = tx.query("SELECT 1 FROM outbox_event", row -> 1).size();
            reading.countDown();
            try {
              done.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            return alerts;
          });
    } catch (StoreException e) {
      throw new IllegalStateException(e);
    }
  }
}
