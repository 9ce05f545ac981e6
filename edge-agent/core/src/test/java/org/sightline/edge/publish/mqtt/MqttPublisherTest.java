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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.MessagePublisher.Answer;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.Schema;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.testkit.LoopbackBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Execution(ExecutionMode.CONCURRENT)
class MqttPublisherTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration EXPIRY = Duration.ofHours(24);

  @TempDir Path folder;
  private final List<byte[]> inbox = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private LoopbackBroker started(LoopbackBroker broker) throws Exception {
    open.add(broker);
    broker.start();
    return broker;
  }

  private MqttPublisher publisher(BrokerSettings settings) throws PublishException {
    MqttPublisher publisher =
        new MqttPublisher(
            settings, Alerts.VAN, Alerts.DEVICE, "1.2.3", Clock.systemUTC(), Inbound.NONE);
    open.add(publisher);
    return publisher;
  }

  /** Everything on a topic goes to the inbox, what is retained first. */
  private void listen(BrokerSettings settings, String topic) throws PublishException {
    MqttLink link =
        MqttLink.open(
            new BrokerAccess(settings),
            MqttLink.Session.clean("listener"),
            null,
            Duration.ofSeconds(10),
            (from, message) -> inbox.add(message.getPayload()));
    open.add(link);
    link.subscribe(topic);
  }

  private JsonNode lastStatus() {
    byte[] last = inbox.get(inbox.size() - 1);
    assertThat(Schema.STATUS.errorsIn(last)).isEmpty();
    return new JsonMapper().readTree(last);
  }

  private void awaitMessages(int count) {
    await().atMost(SOON).until(() -> inbox.size() >= count);
  }

  private static Answer publish(MqttPublisher publisher, Alert alert) throws PublishException {
    return publisher.publish(alert.id(), Alerts.event(alert), EXPIRY);
  }

  private static VanStatus status(int queued, String... alarms) {
    return new VanStatus(queued, Alerts.POSITION, List.of(alarms));
  }

  @Test
  void whatIsReallyPublishedFulfilsTheSchema() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    listen(settings, "sightline/v1/van-1/alerts");
    MqttPublisher publisher = publisher(settings);
    publisher.connect();

    assertThat(publish(publisher, Alerts.about("S-0001"))).isEqualTo(new Answer.Accepted());

    awaitMessages(1);
    assertThat(Schema.ALERT.errorsIn(inbox.get(0))).isEmpty();
  }

  @Test
  void theStatusSaysOfEachCameraWhatIsWrongWithIt() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    MqttPublisher publisher = publisher(settings);
    publisher.connect();
    publisher.announce(
        status(0, "camera-covered")
            .with(
                List.of(
                    new VanStatus.Camera(new CameraId("mast-1"), List.of()),
                    new VanStatus.Camera(new CameraId("mast-2"), List.of("camera-covered")))));

    listen(settings, "sightline/v1/van-1/status");

    awaitMessages(1);
    assertThat(lastStatus().path("cameras").toString())
        .isEqualTo(
            "[{\"id\":\"mast-1\",\"alarms\":[]},"
                + "{\"id\":\"mast-2\",\"alarms\":[\"camera-covered\"]}]");
  }

  @Test
  void anAlertIsNotRetained() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    MqttPublisher publisher = publisher(settings);
    publisher.connect();
    publish(publisher, Alerts.about("S-0001"));
    publisher.announce(status(0));

    listen(settings, "sightline/v1/van-1/#");

    awaitMessages(1);
    assertThat(lastStatus().path("state").stringValue()).isEqualTo("online");
    assertThat(inbox).hasSize(1);
  }

  @Test
  void theStatusSaysHowManyAlertsWait() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    MqttPublisher publisher = publisher(settings);
    publisher.connect();
    publisher.announce(status(7));

    listen(settings, "sightline/v1/van-1/status");

    awaitMessages(1);
    assertThat(lastStatus().path("queued").intValue()).isEqualTo(7);
    assertThat(lastStatus().path("version").stringValue()).isEqualTo("1.2.3");
  }

  @Test
  void theStatusShowsTheHeadOfTheAuditLog() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    MqttPublisher publisher = publisher(settings);
    publisher.connect();
    publisher.announce(status(0));

    listen(settings, "sightline/v1/van-1/status");

    awaitMessages(1);
    assertThat(lastStatus().path("auditHead").stringValue()).isEqualTo(Alerts.HEAD.toString());
    assertThat(lastStatus().has("alarms")).isFalse();
  }

  @Test
  void alarmsAreShownOnlineAndStayWhenTheVanHasGone() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    MqttPublisher publisher = publisher(settings);
    publisher.connect();
    publisher.announce(status(0, "destruction-failed", "alerts"));
    listen(settings, "sightline/v1/van-1/status");
    awaitMessages(1);
    String alarms = "[\"destruction-failed\",\"alerts\"]";
    assertThat(lastStatus().path("alarms").toString()).isEqualTo(alarms);

    publisher.close();

    awaitMessages(2);
    assertThat(lastStatus().path("state").stringValue()).isEqualTo("offline");
    assertThat(lastStatus().path("alarms").toString()).isEqualTo(alarms);
  }

  @Test
  void aVanThatClosesIsOffline() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    MqttPublisher publisher = publisher(settings);
    publisher.connect();
    publisher.announce(status(0));
    listen(settings, "sightline/v1/van-1/status");
    awaitMessages(1);

    publisher.close();

    awaitMessages(2);
    assertThat(lastStatus().path("state").stringValue()).isEqualTo("offline");
    assertThat(lastStatus().has("since")).isTrue();
  }

  @Test
  void aVanThatFallsSilentIsSaidToBeOfflineByItsWill() throws Exception {
    LoopbackBroker broker = started(Mosquitto.open());
    BrokerSettings settings = BrokerSettings.plain(broker.uri());
    MqttPublisher publisher = publisher(settings);
    publisher.connect();
    publisher.announce(status(0));
    listen(settings, "sightline/v1/van-1/status");
    awaitMessages(1);

    // Somebody else under the van's name, again: the broker ends the first without a farewell.
    open.add(
        MqttLink.open(
            new BrokerAccess(settings),
            MqttLink.Session.clean("sightline-van-1"),
            null,
            SOON,
            (topic, payload) -> {}));

    awaitMessages(2);
    assertThat(lastStatus().path("state").stringValue()).isEqualTo("offline");
  }

  @Test
  void aVanThatIsBackBeforeTheBrokerMissedItIsNotSaidToBeOffline() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    listen(settings, "sightline/v1/van-1/status");
    MqttPublisher before = publisher(settings);
    before.connect();
    before.announce(status(1));

    MqttPublisher back = publisher(settings);
    back.connect();
    back.announce(status(2));

    awaitMessages(2);
    assertThat(inbox).hasSize(2);
    assertThat(lastStatus().path("queued").intValue()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"right\nsecond line\n", "\uFEFFright\r\n"})
  void aRightPasswordIsLetIn(String file) throws Exception {
    LoopbackBroker broker = started(Mosquitto.withUser(folder, "van-1", "right"));

    MqttPublisher publisher = publisher(withPassword(broker, file));
    publisher.connect();

    assertThat(publisher.connected()).isTrue();
  }

  @Test
  void aWrongPasswordIsReportedInOneLineThatDoesNotHoldIt() throws Exception {
    LoopbackBroker broker = started(Mosquitto.withUser(folder, "van-1", "right"));
    MqttPublisher publisher = publisher(withPassword(broker, "wrong-5e1f"));

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(publisher::connect)
        .satisfies(
            e -> {
              assertThat(e.what()).isEqualTo("the broker refuses the credentials");
              assertThat(e.getMessage()).hasLineCount(1).doesNotContain("wrong-5e1f");
            });
  }

  private BrokerSettings withPassword(LoopbackBroker broker, String password) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), password);
    return new BrokerSettings(List.of(broker.uri()), "van-1", file, null, null, null);
  }

  @Test
  void aTopicThatIsNotAllowedIsARefusalOfTheMessage() throws Exception {
    Path rules =
        Files.writeString(folder.resolve("acl"), "topic readwrite sightline/v1/+/status\n");
    LoopbackBroker broker =
        started(Mosquitto.configured(List.of("allow_anonymous true", "acl_file " + rules)));
    MqttPublisher publisher = publisher(BrokerSettings.plain(broker.uri()));
    publisher.connect();

    assertThat(publish(publisher, Alerts.about("S-0001")))
        .isEqualTo(new Answer.Refused("reason 0x87, not authorised"));
    assertThat(publisher.connected()).isTrue();
  }

  @Test
  void aBrokerThatIsNotThereIsReportedInOneLine() throws Exception {
    LoopbackBroker broker = Mosquitto.open();
    open.add(broker);
    MqttPublisher publisher = publisher(BrokerSettings.plain(broker.uri()));

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(publisher::connect)
        .satisfies(
            e -> {
              assertThat(e.what()).isEqualTo("the broker cannot be reached");
              assertThat(e.where()).isEqualTo("127.0.0.1:" + broker.port());
            });
  }

  private static BrokerSettings nodes(int... ports) {
    return new BrokerSettings(
        IntStream.of(ports).mapToObj(port -> URI.create("mqtt://127.0.0.1:" + port)).toList(),
        null,
        null,
        null,
        null,
        null);
  }

  @Test
  void aNodeThatDoesNotAnswerGivesWayToTheNext() throws Exception {
    LoopbackBroker gone = Mosquitto.open();
    open.add(gone);
    LoopbackBroker there = started(Mosquitto.open());
    MqttPublisher publisher = publisher(nodes(gone.port(), there.port()));

    publisher.connect();

    assertThat(publisher.connected()).isTrue();
  }

  @Test
  void theNodeThatAnsweredLastIsTriedFirst() throws Exception {
    LoopbackBroker first = Mosquitto.open();
    open.add(first);
    LoopbackBroker second = started(Mosquitto.open());
    MqttPublisher publisher = publisher(nodes(first.port(), second.port()));
    publisher.connect();
    publisher.announce(status(3));
    publisher.close();

    first.start();
    publisher.connect();
    publisher.announce(status(7));

    listen(BrokerSettings.plain(second.uri()), "sightline/v1/van-1/status");
    awaitMessages(1);
    assertThat(lastStatus().path("queued").intValue()).isEqualTo(7);
  }

  @Test
  void whenTheNodeInUseDiesAnotherTakesItsPlace() throws Exception {
    LoopbackBroker first = started(Mosquitto.open());
    LoopbackBroker second = started(Mosquitto.open());
    MqttPublisher publisher = publisher(nodes(first.port(), second.port()));
    publisher.connect();

    first.kill();
    await().atMost(SOON).until(() -> !publisher.connected());
    publisher.connect();
    publisher.announce(status(7));

    listen(BrokerSettings.plain(second.uri()), "sightline/v1/van-1/status");
    awaitMessages(1);
  }

  @Test
  void oneVanNameOnTwoBoxesIsReportedByItsCause() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    MqttPublisher first = publisher(settings);
    MqttPublisher second = publisher(settings);

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(
            () -> {
              for (int i = 0; i < 4; i++) {
                first.connect();
                await().atMost(SOON).until(() -> !second.connected());
                second.connect();
                await().atMost(SOON).until(() -> !first.connected());
              }
            })
        .withMessageContaining("van name");
  }

  @Test
  void aConnectionThatTheBrokerEndsAtASubscriptionIsNoConnection() throws Exception {
    BadBroker broker = new BadBroker(0, BadBroker.Fault.ENDS_AT_A_SUBSCRIPTION);
    open.add(broker);
    MqttPublisher publisher =
        publisher(BrokerSettings.plain(URI.create("mqtt://127.0.0.1:" + broker.port())));

    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThatExceptionOfType(PublishException.class)
          .isThrownBy(publisher::connect)
          .withMessageContaining("another client has connected under this name");
      assertThat(broker.attempts()).isEqualTo(attempt);
    }
  }

  @Test
  void aServerThatIsNoBrokerIsReportedAsSuch() throws Exception {
    BadBroker http = new BadBroker(0, BadBroker.Fault.HTTP);
    open.add(http);
    MqttPublisher publisher =
        publisher(BrokerSettings.plain(URI.create("mqtt://127.0.0.1:" + http.port())));

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(publisher::connect)
        .withMessageContaining("is not an MQTT broker");
  }

  @ParameterizedTest
  @EnumSource(names = {"HTTP", "HTTP_AT_ONCE", "ENDS_BEFORE_IT_IS_SPOKEN_TO", "NEVER_ANSWERS"})
  void connectionsThatComeToNothingLeaveNoThreadBehind(BadBroker.Fault fault) throws Exception {
    BadBroker none = new BadBroker(0, fault);
    open.add(none);
    VanId van = new VanId("alone-" + none.port());
    MqttPublisher publisher =
        new MqttPublisher(
            BrokerSettings.plain(URI.create("mqtt://127.0.0.1:" + none.port())),
            van,
            Alerts.DEVICE,
            "1.2.3",
            Clock.systemUTC(),
            Inbound.NONE);
    open.add(publisher);
    int attempts = fault == BadBroker.Fault.NEVER_ANSWERS ? 1 : 10;

    for (int i = 0; i < attempts; i++) {
      assertThatExceptionOfType(PublishException.class).isThrownBy(publisher::connect);
    }

    await().atMost(SOON).until(() -> threadsOf(van).isEmpty());
  }

  private static List<String> threadsOf(VanId van) {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("MQTT ") && name.contains(van.value()))
        .toList();
  }

  @Test
  void aPacketLongerThanAnyHonestOneEndsTheConnectionAndIsReportedAsSuch() throws Exception {
    BadBroker huge = new BadBroker(0, BadBroker.Fault.HUGE_PACKET);
    open.add(huge);
    MqttPublisher publisher =
        publisher(BrokerSettings.plain(URI.create("mqtt://127.0.0.1:" + huge.port())));

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(
            () -> {
              publisher.connect();
              publish(publisher, Alerts.about("S-0001"));
            })
        .withMessageContaining("at most");
  }

  @Test
  void messagesThatAreNotAlertsAreCountedByAReceiver() throws Exception {
    BrokerSettings settings = BrokerSettings.plain(started(Mosquitto.open()).uri());
    List<Object> received = new CopyOnWriteArrayList<>();
    AlertSubscriber subscriber =
        AlertSubscriber.start(settings, null, VanIdentities.NONE, received::add);
    open.add(subscriber);
    subscriber.awaitSubscribed(SOON);
    MqttPublisher publisher = publisher(settings);
    publisher.connect();

    Alert alert = Alerts.about("S-0001");
    publisher.publish(alert.id(), "{\"no\":\"alert\"}".getBytes(StandardCharsets.UTF_8), EXPIRY);
    publish(publisher, alert);

    await().atMost(SOON).until(() -> received.size() == 1);
    assertThat(subscriber.refused()).isEqualTo(1);
  }
}
