package org.sightline.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.DeviceKeys;

/** Many vans and two control rooms at a cluster of two machines, one of which dies. */
class NodeDeathTest {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final int MANY = Boolean.getBoolean("sightline.endurance") ? 200 : 20;

  @TempDir Path folder;
  private final Set<UUID> decided = ConcurrentHashMap.newKeySet();
  private final DeviceKeys keys = DeviceKeys.generate();
  private final List<ControlRoom> rooms = new ArrayList<>();
  private List<SimulatedVan> vans = List.of();
  private Cluster cluster;

  @BeforeEach
  void startCluster() throws Exception {
    cluster = Cluster.start(folder);
  }

  @AfterEach
  void close() throws Exception {
    vans.parallelStream().forEach(SimulatedVan::close);
    for (ControlRoom room : rooms) {
      room.close();
    }
    if (cluster != null) {
      cluster.close();
    }
  }

  /** One half of them at each machine. */
  private void startVans(int number) {
    vans =
        IntStream.range(0, number)
            .parallel()
            .mapToObj(
                i ->
                    SimulatedVan.start(
                        "van-" + i,
                        folder,
                        i % 2 == 0 ? cluster.eastFirst() : cluster.westFirst(),
                        keys))
            .toList();
  }

  /** One at each machine. */
  private void startControlRooms() throws Exception {
    rooms.add(ControlRoom.start("north", cluster.eastFirst()));
    rooms.add(ControlRoom.start("south", cluster.westFirst()));
  }

  private void everyVanRaisesAnAlert() {
    vans.parallelStream().map(SimulatedVan::raise).forEach(decided::add);
  }

  private void awaitAcknowledged() {
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              Set<UUID> acknowledged = new HashSet<>();
              vans.forEach(van -> acknowledged.addAll(van.acknowledged()));
              assertThat(acknowledged).hasSameSizeAs(decided);
            });
  }

  private void awaitReceived() {
    for (ControlRoom room : rooms) {
      await().atMost(SOON).untilAsserted(() -> assertThat(room.alerts()).hasSameSizeAs(decided));
      assertThat(room.alerts()).isEqualTo(decided);
    }
  }

  @Test
  void ofManyVansNoAlertIsLostAndOnlyWhatWasUnderWayIsRepeated() throws Exception {
    startControlRooms();
    startVans(MANY);
    everyVanRaisesAnAlert();
    awaitAcknowledged();
    awaitReceived();
    Set<UUID> settled = Set.copyOf(decided);

    CompletableFuture<Void> raising =
        CompletableFuture.runAsync(
            () -> {
              everyVanRaisesAnAlert();
              everyVanRaisesAnAlert();
              everyVanRaisesAnAlert();
            });
    await().atMost(SOON).until(() -> rooms.get(0).alerts().size() > 1.5 * settled.size());
    cluster.east.kill();
    raising.join();

    awaitAcknowledged();
    awaitReceived();
    for (ControlRoom room : rooms) {
      assertThat(room.repeated()).doesNotContainAnyElementsOf(settled);
    }
  }

  @Test
  void whatADeadMachineHadAcknowledgedAndNotDeliveredIsDeliveredByTheOther() throws Exception {
    startVans(10);
    for (int i = 0; i < 5; i++) {
      everyVanRaisesAnAlert();
    }
    awaitAcknowledged();

    cluster.east.kill();
    startControlRooms();

    awaitReceived();
  }

  @Test
  void aMachineThatComesBackTakesItsPartAgainAndIsCoveredAgain() throws Exception {
    cluster.east.kill();
    cluster.west.awaitTakenOver();
    cluster.east.start(cluster.west);
    cluster.east.awaitReady();
    cluster.west.awaitStandbyAgain();
    startVans(10);
    everyVanRaisesAnAlert();
    awaitAcknowledged();

    cluster.west.kill();
    startControlRooms();

    awaitReceived();
  }
}
