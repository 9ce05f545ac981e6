package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.MessagePublisher.Answer;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.testing.ConsoleDocument;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.testing.TestCertificates.Issued;
import org.sightline.testkit.LoopbackBroker;

/** A real Mosquitto with the files of docs/broker lets everybody do what docs/broker.md says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrokerConfigurationTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Path DOCS = Path.of("..", "..", "docs");

  /** Who says what. */
  private static final Map<String, List<String>> SAID =
      Map.of(
          "van-1",
              List.of(
                  "van-1/alerts",
                  "van-1/status",
                  "van-1/onvif-ej/RuleEngine/Recognition/Face/mast-1"),
          "control-room", List.of("van-1/outcomes", "rooms/key/proposals", "rooms/key/presence"),
          "revocation-office", List.of("van-1/revocations"));

  @TempDir static Path folder;
  private final Map<String, BrokerSettings> known = new HashMap<>();
  private TestCertificates authority;
  private LoopbackBroker broker;

  @BeforeAll
  void startBroker() throws Exception {
    authority = new TestCertificates(folder);
    Issued server = authority.server("IP:127.0.0.1");
    Files.copy(server.authority(), folder.resolve("authority.crt"));
    Files.copy(server.certificate(), folder.resolve("broker.crt"));
    Files.copy(server.key(), folder.resolve("broker.key"));
    Files.copy(DOCS.resolve("broker/sightline.acl"), folder.resolve("sightline.acl"));
    broker = Mosquitto.asConfigured(DOCS.resolve("broker/sightline.conf"), folder);
    broker.start();
  }

  @AfterAll
  void endBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  private BrokerSettings as(String name) throws Exception {
    if (!known.containsKey(name)) {
      Issued client = authority.client(name);
      known.put(
          name,
          new BrokerSettings(
              List.of(URI.create("mqtts://127.0.0.1:" + broker.port())),
              null,
              null,
              client.authority(),
              client.certificate(),
              client.key()));
    }
    return known.get(name);
  }

  private MqttLink link(String name, String clientId, List<String> heard) throws Exception {
    return MqttLink.open(
        new BrokerAccess(as(name)),
        MqttLink.Session.clean(clientId),
        null,
        SOON,
        (topic, payload) -> heard.add(topic));
  }

  private static int publish(MqttLink link, String topic) throws PublishException {
    return link.publish(
        topic,
        "x".getBytes(StandardCharsets.UTF_8),
        false,
        MqttLink.properties("application/json"));
  }

  @ParameterizedTest
  @CsvSource({
    "van-1, sightline/v1/van-1/alerts",
    "van-1, sightline/v1/van-1/status",
    "van-1, sightline/v1/van-1/onvif-ej/RuleEngine/Recognition/Face/mast-1",
    "control-room, sightline/v1/van-1/outcomes",
    "control-room, sightline/v1/rooms/key/proposals",
    "control-room, sightline/v1/rooms/key/presence",
    "revocation-office, sightline/v1/van-1/revocations",
  })
  void whatSomebodyHasToSayIsTaken(String name, String topic) throws Exception {
    try (MqttLink link = link(name, name, List.of())) {
      assertThat(publish(link, topic)).isLessThan(0x80);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "van-1, sightline/v1/van-2/alerts",
    "van-1, sightline/v1/van-2/status",
    "van-1, sightline/v1/van-2/onvif-ej/RuleEngine/Recognition/Face/mast-1",
    "van-1, sightline/v1/van-1/outcomes",
    "van-1, sightline/v1/van-2/outcomes",
    "van-1, sightline/v1/van-1/revocations",
    "van-1, sightline/v1/van-2/revocations",
    "van-1, sightline/v1/rooms/key/proposals",
    "van-1, sightline/v1/rooms/key/presence",
    "van-1, elsewhere",
    "control-room, sightline/v1/van-1/alerts",
    "control-room, sightline/v1/van-1/status",
    "control-room, sightline/v1/van-1/revocations",
    "revocation-office, sightline/v1/van-1/alerts",
    "revocation-office, sightline/v1/van-1/status",
    "revocation-office, sightline/v1/van-1/outcomes",
    "revocation-office, sightline/v1/rooms/key/proposals",
    "nobody, sightline/v1/van-1/alerts",
  })
  void whatSomebodyHasNoBusinessToSayIsRefused(String name, String topic) throws Exception {
    try (MqttLink link = link(name, name, List.of())) {
      assertThat(publish(link, topic)).isEqualTo(0x87);
    }
  }

  /** The name hears, of what is said, these topics and no other. */
  @ParameterizedTest
  @CsvSource({
    "van-1, van-1/outcomes van-1/revocations",
    "van-2, ''",
    "control-room, van-1/alerts van-1/status van-1/outcomes rooms/key/proposals rooms/key/presence",
    "revocation-office, van-1/status",
    "nobody, ''",
  })
  void somebodyWhoListensToEverythingHearsWhatIsMeantForHim(String name, String topics)
      throws Exception {
    List<String> heard = new CopyOnWriteArrayList<>();
    List<String> expected =
        topics.isEmpty()
            ? List.of()
            : List.of(topics.split(" ")).stream().map(each -> "sightline/v1/" + each).toList();
    try (MqttLink listener = link(name, name, heard)) {
      listener.subscribe("#");
      listener.subscribe("sightline/v1/+/alerts");
      for (String who : SAID.keySet()) {
        if (who.equals(name)) {
          sayAll(listener, who);
        } else {
          try (MqttLink sayer = link(who, who, List.of())) {
            sayAll(sayer, who);
          }
        }
      }
      await().atMost(SOON).untilAsserted(() -> assertThat(heard).containsAll(expected));
      // The broker's answer to this comes behind all that it had to hand on before.
      listener.subscribe("end");
    }
    assertThat(heard).isSubsetOf(expected);
  }

  private static void sayAll(MqttLink sayer, String who) throws PublishException {
    for (String topic : SAID.get(who)) {
      publish(sayer, "sightline/v1/" + topic);
    }
  }

  @Test
  void nobodyEndsTheConnectionOfAnotherByTakingItsName() throws Exception {
    try (MqttLink van = link("van-1", "sightline-van-1", List.of());
        MqttLink thief = link("van-2", "sightline-van-1", List.of())) {
      assertThat(publish(thief, "sightline/v1/van-2/status")).isLessThan(0x80);
      assertThat(publish(van, "sightline/v1/van-1/status")).isLessThan(0x80);
    }
  }

  @Test
  void somebodyWithoutACertificateIsNotLetIn() throws Exception {
    BrokerSettings plain =
        new BrokerSettings(as("van-1").uris(), "van-1", null, authority.authority(), null, null);

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(
            () ->
                MqttLink.open(
                    new BrokerAccess(plain),
                    MqttLink.Session.clean("van-1"),
                    null,
                    SOON,
                    (topic, payload) -> {}));
  }

  @Test
  void whatWaitsForAControlRoomAndTheStatusOfAVanSurviveARestart() throws Exception {
    MqttLink.Session room = MqttLink.Session.kept("control-room");
    BrokerAccess access = new BrokerAccess(as("control-room"));
    List<String> heard = new CopyOnWriteArrayList<>();
    try (MqttLink before = MqttLink.open(access, room, null, SOON, (topic, payload) -> {})) {
      before.subscribe("sightline/v1/+/alerts");
    }
    try (MqttPublisher van =
        new MqttPublisher(
            as("van-1"), Alerts.VAN, Alerts.DEVICE, "1", Clock.systemUTC(), Inbound.NONE)) {
      van.connect();
      van.announce(new VanStatus(1, Alerts.POSITION, List.of()));
      Alert alert = Alerts.about("S-0001");
      assertThat(van.publish(alert.id(), Alerts.event(alert), Duration.ofHours(1)))
          .isEqualTo(new Answer.Accepted());
    }

    broker.stop();
    broker.start();

    try (MqttLink back =
        MqttLink.open(access, room, null, SOON, (topic, payload) -> heard.add(topic))) {
      back.subscribe("sightline/v1/+/status");
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(heard)
                      .containsExactlyInAnyOrder(
                          "sightline/v1/van-1/alerts", "sightline/v1/van-1/status"));
    }
  }

  @Test
  void theCertificatesOfThePageAreTakenByTheBrokerOfThePage(@TempDir Path other) throws Exception {
    ConsoleDocument page =
        ConsoleDocument.read(
            DOCS.resolve("broker.md"), Map.of("DNS:broker.example", "IP:127.0.0.1"));
    assertThat(page.run(other, "unused"))
        .isNotEmpty()
        .noneMatch(said -> said.contains("exit code"));
    Path made = other.resolve(ConsoleDocument.WORK);
    Files.copy(DOCS.resolve("broker/sightline.acl"), made.resolve("sightline.acl"));
    try (LoopbackBroker ofThePage =
        Mosquitto.asConfigured(DOCS.resolve("broker/sightline.conf"), made)) {
      ofThePage.start();
      BrokerSettings settings =
          new BrokerSettings(
              List.of(URI.create("mqtts://127.0.0.1:" + ofThePage.port())),
              null,
              null,
              made.resolve("authority.crt"),
              made.resolve("van-1.crt"),
              made.resolve("van-1.key"));
      try (MqttPublisher van =
          new MqttPublisher(
              settings, Alerts.VAN, Alerts.DEVICE, "1", Clock.systemUTC(), Inbound.NONE)) {
        van.connect();
        van.announce(new VanStatus(0, Alerts.POSITION, List.of()));
      }
    }
  }
}
