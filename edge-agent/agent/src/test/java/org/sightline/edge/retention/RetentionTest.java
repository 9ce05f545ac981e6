package org.sightline.edge.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.retention.Retention.Report;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.testing.AuditLines;

class RetentionTest {
  private static final Instant NOW = Instant.parse("2026-11-02T10:00:00.123Z");
  private static final Instant ROUND = NOW.minusSeconds(1);
  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir Path folder;
  private InstantSource clock = () -> NOW;
  private Database database;

  @BeforeEach
  void open() throws StoreException {
    database = Database.open(folder);
    database.update("CREATE TABLE thing (name TEXT, expires_millis INTEGER)");
  }

  @AfterEach
  void close() throws StoreException {
    database.close();
  }

  private static Expiring things(String name) {
    return Expiring.of(
        name,
        (tx, now) ->
            tx.update("DELETE FROM thing WHERE name = ? AND expires_millis <= ?", name, now));
  }

  /** Deletes things, and then something goes wrong. */
  private static Expiring broken(String name) {
    return Expiring.of(
        name,
        (tx, now) -> {
          things(name).deleteExpired(tx, now);
          throw new StoreException("the disk is full", "thing", "free space", null);
        });
  }

  private static Expiring faulty(String name) {
    return Expiring.of(
        name,
        (tx, now) -> {
          throw new IllegalStateException("a bug");
        });
  }

  private void store(String name, Instant expires) throws StoreException {
    database.update("INSERT INTO thing VALUES (?, ?)", name, expires);
  }

  private List<String> stored() throws StoreException {
    return database.query("SELECT name FROM thing ORDER BY name", row -> row.text("name"));
  }

  private Retention retention(Expiring... data) {
    return new Retention(database, new AuditLog(clock), clock, List.of(data));
  }

  private Report runOnce(Expiring... data) {
    return retention(data).runOnce(ROUND);
  }

  @Test
  void whatHasExpiredIsDeletedAndNothingElse() throws Exception {
    store("apple", ROUND.plusMillis(1));
    store("pear", ROUND);
    store("pear", ROUND.minusMillis(1));

    runOnce(things("apple"), things("pear"));

    assertThat(stored()).containsExactly("apple");
  }

  @Test
  void everyKindOfDataHasItsReceipt() throws Exception {
    store("apple", ROUND);
    store("pear", ROUND);
    store("pear", ROUND);

    Report report = runOnce(things("apple"), things("pear"));

    assertThat(report.failed()).isEmpty();
    assertThat(report.receipts())
        .containsExactly(
            new DeletionReceipt(NOW, "apple", 1, ROUND), new DeletionReceipt(NOW, "pear", 2, ROUND))
        .isEqualTo(DeletionReceipt.all(database));
  }

  @Test
  void theAuditLogRecordsEveryDeletion() throws Exception {
    store("pear", ROUND);
    store("pear", ROUND);

    runOnce(things("pear"));

    assertThat(AuditLines.of(database))
        .singleElement()
        .asString()
        .contains(
            "\"event\":\"data-deleted\"",
            "\"actor\":\"agent\"",
            "\"what\":\"pear\"",
            "\"count\":\"2\"",
            "\"upTo\":\"" + ROUND + "\"");
  }

  @Test
  void whereNothingHasExpiredThereIsNoReceipt() throws Exception {
    store("pear", ROUND.plusMillis(1));

    assertThat(runOnce(things("pear"))).isEqualTo(new Report(List.of(), List.of()));

    assertThat(DeletionReceipt.all(database)).isEmpty();
    assertThat(AuditLines.of(database)).isEmpty();
  }

  @Test
  void whatFailsDoesNotHoldUpTheOthers() throws Exception {
    store("pear", ROUND);

    Report report = runOnce(faulty("apple"), broken("fig"), things("pear"));

    assertThat(report.failed()).containsExactly("apple", "fig");
    assertThat(report.receipts()).extracting(DeletionReceipt::what).containsExactly("pear");
  }

  @Test
  void whatFailsLeavesNothingHalfDone() throws Exception {
    store("pear", ROUND);

    runOnce(broken("pear"));

    assertThat(stored()).containsExactly("pear");
    assertThat(DeletionReceipt.all(database)).isEmpty();
    assertThat(AuditLines.of(database)).isEmpty();
  }

  /** Without its line in the audit log, a deletion does not take place. */
  @Test
  void aDeletionThatCannotBeRecordedIsNotDone() throws Exception {
    store("pear", ROUND);
    database.update(
        "CREATE TRIGGER fault BEFORE INSERT ON audit_record BEGIN SELECT RAISE(ABORT, 'x'); END");

    assertThat(runOnce(things("pear")).failed()).containsExactly("pear");

    assertThat(stored()).containsExactly("pear");
    assertThat(DeletionReceipt.all(database)).isEmpty();
  }

  @Test
  void whatFailedInTheLastRoundIsNamedUntilItSucceeds() throws Exception {
    AtomicInteger rounds = new AtomicInteger();
    Retention retention =
        retention(
            Expiring.of(
                "pear",
                (tx, now) -> {
                  if (rounds.getAndIncrement() == 0) {
                    throw new IllegalStateException("a bug");
                  }
                  return 0;
                }));

    retention.runOnce(ROUND);
    assertThat(retention.failing()).containsExactly("pear");

    retention.runOnce(ROUND);
    assertThat(retention.failing()).isEmpty();
  }

  @Test
  void roundsGoOnAfterFailures() throws Exception {
    AtomicInteger readings = new AtomicInteger();
    clock =
        () -> {
          if (readings.getAndIncrement() == 0) {
            throw new IllegalStateException("no clock");
          }
          return NOW;
        };
    store("pear", NOW);

    try (Retention retention = retention(faulty("apple"), things("pear"))) {
      retention.start(Duration.ofMillis(20));

      await().atMost(SOON).until(() -> stored().isEmpty());
      await().atMost(SOON).until(() -> retention.failing().equals(List.of("apple")));
    }
  }

  @Test
  void aRoundThatFailsAsAWholeLeavesNothingInOrder() {
    clock =
        () -> {
          throw new IllegalStateException("no clock");
        };

    try (Retention retention = retention(things("apple"), things("pear"))) {
      retention.start(Duration.ofHours(1));

      await().atMost(SOON).until(() -> retention.failing().equals(List.of("apple", "pear")));
    }
  }

  @Test
  void closingWaitsForTheRoundUnderWay() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    AtomicBoolean ended = new AtomicBoolean();
    Retention retention =
        retention(
            Expiring.of(
                "pear",
                (tx, now) -> {
                  begun.countDown();
                  LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                  ended.set(true);
                  return 0;
                }));
    retention.start(Duration.ofHours(1));
    begun.await();

    retention.close();

    assertThat(ended).isTrue();
  }
}
