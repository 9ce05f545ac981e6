package org.sightline.edge.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sealer;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

class OutboxTest {
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");
  private static final CameraId CAMERA = new CameraId("mast-1");
  private static final CameraId OTHER_CAMERA = new CameraId("mast-2");
  private static final Instant NOW = Instant.parse("2026-11-01T10:00:00Z");
  private static final Instant LATER = NOW.plus(Duration.ofHours(24));

  @TempDir Path folder;
  private final Sealer sealer = DeviceKeys.generate().storage();
  private Database database;
  private Outbox outbox;

  @BeforeEach
  void open() throws StoreException {
    database = Database.open(folder);
    outbox = new Outbox(database, sealer);
  }

  @AfterEach
  void close() throws StoreException {
    database.close();
  }

  private void reopen() throws StoreException {
    close();
    open();
  }

  private UUID enqueue(CameraId camera, String payload) throws StoreException {
    UUID id = UUID.randomUUID();
    enqueue(id, camera, payload, NOW);
    return id;
  }

  private boolean enqueue(UUID id, CameraId camera, String payload, Instant created)
      throws StoreException {
    return database.write(
        tx ->
            outbox.enqueue(
                tx, new KnownAlert(id, DEPLOYMENT, LATER, false), camera, bytes(payload), created));
  }

  private int deleteExpired(Instant now) throws StoreException {
    return database.write(tx -> Outbox.deleteExpired(tx, now));
  }

  private Optional<KnownAlert> find(UUID id) throws StoreException {
    return database.read(tx -> Outbox.find(tx, id));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private List<UUID> waiting() throws StoreException {
    List<UUID> ids = new ArrayList<>();
    long sequence = 0;
    for (Optional<OutboxEvent> event = outbox.next(0);
        event.isPresent();
        event = outbox.next(sequence)) {
      ids.add(event.get().id());
      sequence = event.get().sequence();
    }
    return ids;
  }

  @Test
  void anEventSurvivesReopeningUntilItIsAcknowledged() throws Exception {
    UUID id = enqueue(CAMERA, "payload");

    reopen();

    OutboxEvent event = outbox.next(0).orElseThrow();
    assertThat(event.id()).isEqualTo(id);
    assertThat(event.camera()).isEqualTo(CAMERA);
    assertThat(event.created()).isEqualTo(NOW);
    assertThat(event.expires()).isEqualTo(LATER);
    assertThat(outbox.payload(event)).isEqualTo(bytes("payload"));
  }

  @Test
  void lookingDoesNotRemove() throws Exception {
    enqueue(CAMERA, "payload");

    assertThat(outbox.next(0)).isEqualTo(outbox.next(0)).isPresent();
  }

  @Test
  void anAcknowledgedEventNoLongerWaits() throws Exception {
    UUID id = enqueue(CAMERA, "payload");

    assertThat(outbox.acknowledge(id, NOW)).isTrue();

    reopen();
    assertThat(waiting()).isEmpty();
    assertThat(outbox.tally()).isEqualTo(new OutboxTally(0, null, 1, 0));
  }

  @Test
  void acknowledgingTwiceCountsOnce() throws Exception {
    UUID id = enqueue(CAMERA, "payload");
    outbox.acknowledge(id, NOW);

    assertThat(outbox.acknowledge(id, NOW)).isFalse();
    assertThat(outbox.tally().published()).isEqualTo(1);
  }

  @Test
  void eventsComeInTheOrderOfEnqueueing() throws Exception {
    List<UUID> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      ids.add(enqueue(i % 3 == 0 ? OTHER_CAMERA : CAMERA, "payload " + i));
    }

    reopen();

    assertThat(waiting()).isEqualTo(ids);
  }

  @Test
  void anIdIsTakenOnceEvenAfterItsAcknowledgement() throws Exception {
    UUID id = enqueue(CAMERA, "payload");
    assertThat(enqueue(id, CAMERA, "payload", NOW)).isFalse();
    outbox.acknowledge(id, NOW);

    assertThat(enqueue(id, CAMERA, "payload", NOW)).isFalse();
    assertThat(waiting()).isEmpty();
  }

  @Test
  void anEventWhoseRetentionEndedIsDeletedPublishedOrNot() throws Exception {
    UUID waiting = enqueue(CAMERA, "never published");
    UUID published = enqueue(CAMERA, "published");
    outbox.acknowledge(published, NOW);

    assertThat(deleteExpired(LATER.minusMillis(1))).isZero();
    assertThat(deleteExpired(LATER)).isEqualTo(2);

    assertThat(waiting()).isEmpty();
    assertThat(find(waiting)).isEmpty();
    assertThat(find(published)).isEmpty();
  }

  @Test
  void anEventThatExpiresUnpublishedIsCounted() throws Exception {
    enqueue(CAMERA, "never published");
    outbox.acknowledge(enqueue(CAMERA, "published"), NOW);

    deleteExpired(LATER);

    assertThat(outbox.tally()).isEqualTo(new OutboxTally(0, null, 1, 1));
  }

  @Test
  void anEventIsKnownFromEnqueueingOnWhetherPublishedOrNot() throws Exception {
    UUID id = enqueue(CAMERA, "payload");
    KnownAlert known = new KnownAlert(id, DEPLOYMENT, LATER, false);
    assertThat(find(id)).contains(known);

    outbox.acknowledge(id, NOW);

    assertThat(find(id)).contains(known);
    assertThat(find(UUID.randomUUID())).isEmpty();
  }

  @Test
  void whetherTheCategoryAsksForTwoOfficersIsKnownWithoutAKey() throws Exception {
    KnownAlert two = new KnownAlert(UUID.randomUUID(), DEPLOYMENT, LATER, true);
    database.write(tx -> outbox.enqueue(tx, two, CAMERA, bytes("payload"), NOW));

    outbox.acknowledge(two.id(), NOW);

    assertThat(find(two.id())).contains(two);
  }

  @Test
  void anEventOfATransactionThatFailsIsNotTaken() throws Exception {
    UUID id = UUID.randomUUID();

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                database.write(
                    tx -> {
                      outbox.enqueue(
                          tx,
                          new KnownAlert(id, DEPLOYMENT, LATER, false),
                          CAMERA,
                          bytes("payload"),
                          NOW);
                      throw new IllegalStateException("what else was to be recorded failed");
                    }));

    assertThat(waiting()).isEmpty();
    assertThat(find(id)).isEmpty();
  }

  @Test
  void theTallyNamesTheOldestThatWaits() throws Exception {
    UUID first = enqueue(CAMERA, "payload");
    enqueue(UUID.randomUUID(), CAMERA, "payload", NOW.plusSeconds(5));
    outbox.acknowledge(first, NOW);

    assertThat(outbox.tally()).isEqualTo(new OutboxTally(1, NOW.plusSeconds(5), 1, 0));
  }

  @Test
  void aPayloadIsNotReadableInAnyFile() throws Exception {
    enqueue(CAMERA, "canary-51fe".repeat(5000));

    assertThat(filesContaining("canary-51fe")).isEmpty();
  }

  @Test
  void nothingOfAPayloadRemainsAfterItsAcknowledgement() throws Exception {
    UUID id = enqueue(CAMERA, "picture ".repeat(5000));
    byte[] stored =
        database.first("SELECT sealed FROM outbox_event", row -> row.bytes("sealed")).orElseThrow();
    String sealed = new String(stored, StandardCharsets.ISO_8859_1).substring(0, 60);
    assertThat(filesContaining(sealed)).isNotEmpty();

    outbox.acknowledge(id, NOW);
    outbox.purge();

    assertThat(filesContaining(sealed)).isEmpty();
  }

  private List<Path> filesContaining(String text) throws Exception {
    List<Path> found = new ArrayList<>();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
          found.add(file);
        }
      }
    }
    return found;
  }

  @Test
  void aPayloadSealedByAnotherDeviceDoesNotOpen() throws Exception {
    enqueue(CAMERA, "payload");
    Outbox other = new Outbox(database, DeviceKeys.generate().storage());

    assertThatExceptionOfType(OutboxException.class)
        .isThrownBy(() -> other.payload(other.next(0).orElseThrow()));
  }

  @Test
  void aPayloadMovedToAnotherEventDoesNotOpen() throws Exception {
    UUID first = enqueue(CAMERA, "first");
    UUID second = enqueue(CAMERA, "second");
    database.update(
        "UPDATE outbox_event SET sealed = (SELECT sealed FROM outbox_event WHERE id = ?)"
            + " WHERE id = ?",
        first,
        second);
    OutboxEvent moved = outbox.next(outbox.next(0).orElseThrow().sequence()).orElseThrow();

    assertThatExceptionOfType(OutboxException.class)
        .isThrownBy(() -> outbox.payload(moved))
        .satisfies(e -> assertThat(e.where()).isEqualTo(second.toString()));
  }

  @Test
  void enqueueingFromManyThreadsLosesNothing() throws Exception {
    ExecutorService cameras = Executors.newFixedThreadPool(8);
    List<Future<UUID>> enqueued =
        IntStream.range(0, 200)
            .mapToObj(i -> cameras.submit(() -> enqueue(CAMERA, "payload " + i)))
            .toList();
    List<UUID> ids = new ArrayList<>();
    for (Future<UUID> future : enqueued) {
      ids.add(future.get());
    }
    cameras.shutdown();

    assertThat(waiting()).containsExactlyInAnyOrderElementsOf(ids);
  }
}
