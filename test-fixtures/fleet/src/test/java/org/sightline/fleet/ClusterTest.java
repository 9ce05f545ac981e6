package org.sightline.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.mqtt.MqttPublisher;

/** What vans and control rooms at different nodes of the cluster have of each other. */
class ClusterTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Cluster cluster;
  private final List<AutoCloseable> open = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    cluster = Cluster.start(folder);
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private SimulatedVan van(String name, Machine at) throws Exception {
    SimulatedVan van = SimulatedVan.start(name, folder, List.of(at.uri()), DeviceKeys.generate());
    open.add(van);
    return van;
  }

  private ControlRoom north(Machine at) throws Exception {
    ControlRoom room = ControlRoom.start("north", List.of(at.uri()));
    open.add(room);
    return room;
  }

  private static void awaitAcknowledged(SimulatedVan van, UUID alert) {
    await().atMost(SOON).until(() -> van.acknowledged().contains(alert));
  }

  private static void awaitReceived(ControlRoom room, UUID alert) {
    await().atMost(SOON).until(() -> room.alerts().contains(alert));
  }

  @Test
  void anAlertReachesAControlRoomAtTheOtherNode() throws Exception {
    ControlRoom room = north(cluster.west);

    UUID alert = van("van-east", cluster.east).raise();

    awaitReceived(room, alert);
  }

  @Test
  void theStatusOfAVanReachesAControlRoomAtTheOtherNode() throws Exception {
    ControlRoom room = north(cluster.west);

    van("van-new", cluster.east);

    await().atMost(SOON).until(() -> room.vans().contains(new VanId("van-new")));
  }

  @Test
  void anAlertAcknowledgedWhileItsControlRoomIsAwayIsThereWhenItComesToTheOtherNode()
      throws Exception {
    SimulatedVan van = van("van-lonely", cluster.east);
    UUID alert = van.raise();
    awaitAcknowledged(van, alert);

    awaitReceived(north(cluster.west), alert);
  }

  @Test
  void whatIsSentToAVanThatIsAwayReachesItAtTheOtherNode() throws Exception {
    try (MqttPublisher line = line(cluster.east, Inbound.NONE)) {
      line.connect();
    }

    publish(cluster.east, "sightline/v1/van-moving/revocations", "revoked");
    Revocations revocations = new Revocations();
    try (MqttPublisher line = line(cluster.west, revocations)) {
      line.connect();
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(revocations.heard).containsExactly("revoked"));
    }
  }

  private static final class Revocations implements Inbound {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Override
    public void revocation(byte[] document) {
      heard.add(new String(document, StandardCharsets.UTF_8));
    }

    @Override
    public void withdrawal(byte[] document) {}

    @Override
    public void ruling(byte[] document) {}

    @Override
    public void outcome(byte[] message) {}

    @Override
    public void tooLong() {}

    @Override
    public long ignored() {
      return 0;
    }
  }

  private static MqttPublisher line(Machine at, Inbound inbound) throws Exception {
    return new MqttPublisher(
        BrokerSettings.plain(at.uri()),
        new VanId("van-moving"),
        DeviceKeys.generate(),
        "1",
        Clock.systemUTC(),
        inbound);
  }

  private static void publish(Machine at, String topic, String text) throws Exception {
    URI uri = at.uri();
    MqttClient client =
        new MqttClient(
            "tcp://" + uri.getHost() + ":" + uri.getPort(), "authority", new MemoryPersistence());
    client.connect();
    client.publish(topic, text.getBytes(StandardCharsets.UTF_8), 1, false);
    client.disconnect();
    client.close();
  }
}
