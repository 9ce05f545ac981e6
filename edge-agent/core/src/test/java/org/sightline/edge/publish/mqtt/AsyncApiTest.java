package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.SignedMessage;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Walking;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.AsyncApi;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeMessage.Judged;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.RecordedInbound;
import org.sightline.edge.publish.Schema;
import org.sightline.edge.publish.SightingMessage;
import org.sightline.edge.publish.TestAlerts;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.BrokerTap.Heard;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.testkit.LoopbackBroker;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Holds docs/contract/asyncapi.yaml to what goes over a broker, and to AsyncAPI itself. */
@Execution(ExecutionMode.CONCURRENT)
class AsyncApiTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  private final AsyncApi contract = AsyncApi.published();
  private final RecordedInbound inbound = new RecordedInbound();
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private LoopbackBroker broker() throws Exception {
    LoopbackBroker broker = Mosquitto.open();
    open.add(broker);
    broker.start();
    return broker;
  }

  private BrokerTap tap(LoopbackBroker broker) throws Exception {
    BrokerTap tap = BrokerTap.on(broker);
    open.add(tap);
    return tap;
  }

  private MqttPublisher connectedVan(LoopbackBroker broker) throws PublishException {
    MqttPublisher van =
        new MqttPublisher(
            BrokerSettings.plain(broker.uri()),
            Alerts.VAN,
            Alerts.DEVICE,
            "1.2.3",
            Clock.systemUTC(),
            inbound);
    open.add(van);
    van.connect();
    return van;
  }

  private static void awaitHeard(BrokerTap tap, int count) {
    await().atMost(SOON).until(() -> tap.all().size() >= count);
  }

  private String address(String channel) {
    return AsyncApi.of(Alerts.VAN, contract.at("#/channels/" + channel + "/address"));
  }

  @Test
  void itIsValidAsyncApi() throws Exception {
    try (InputStream schema =
        Objects.requireNonNull(getClass().getResourceAsStream("/asyncapi/3.0.0.schema.json"))) {
      assertThat(Schema.of(new JsonMapper().readTree(schema)).errorsIn(contract.document()))
          .isEmpty();
    }
  }

  @Test
  void everyReferenceLeadsSomewhere() {
    assertThat(contract.document().findValuesAsString("$ref"))
        .isNotEmpty()
        .allSatisfy(reference -> assertThat(contract.at(reference).isEmpty()).isFalse());
  }

  @Test
  void everyTopicBeginsWithItsVersion() {
    String version = contract.at("#/info/version").stringValue();

    assertThat(contract.document().path("channels").values())
        .extracting(channel -> channel.path("address").stringValue())
        .isNotEmpty()
        .allMatch(
            address -> address.matches("sightline/v" + version + "/(\\{van}|rooms/\\{room})/.*"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"v", "7", "van-7", "-van", "Van", "van_7", "van/7", "+", "", "ü"})
  void itTakesTheNamesOfVansThatTheAgentTakes(String name) {
    assertThat(contract.vanPattern().matcher(name).matches()).isEqualTo(agentTakes(name));
  }

  @Test
  void theNameOfAVanIsAsLongAsTheAgentTakes() {
    for (int length : new int[] {32, 33}) {
      itTakesTheNamesOfVansThatTheAgentTakes("v".repeat(length));
    }
  }

  private static boolean agentTakes(String van) {
    try {
      return new VanId(van).value().equals(van);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @Test
  void whatAVanSendsIsAsItSays() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    MqttPublisher van = connectedVan(broker);

    van.announce(
        new VanStatus(1, Alerts.POSITION, List.of("camera-dark"))
            .with(
                List.of(
                    new VanStatus.Camera(new CameraId("mast-1"), List.of()),
                    new VanStatus.Camera(new CameraId("mast-2"), List.of("camera-dark"))))
            .measuring(
                new VanStatus.Figures(
                    List.of(
                        new VanStatus.Rate(new CameraId("mast-1"), 12.5, 0.1),
                        new VanStatus.Rate(new CameraId("mast-2"), null, null)),
                    40_960L,
                    61.5,
                    "cpu")));
    van.announce(
        new VanStatus(1, Alerts.POSITION, List.of())
            .during(new VanStatus.Pause(Instant.now(), PauseReason.OFFICERS_AWAY))
            .sealing(ControlRoomKeys.generate().identity().keyId()));
    for (Alert alert : List.of(Alerts.about("S-0001"), Alerts.withoutPortrait("S-0002"))) {
      van.publish(alert.id(), Alerts.event(alert), Duration.ofHours(24));
    }
    Alert sealed = Alerts.about("S-0003");
    van.publish(
        sealed.id(),
        Alerts.event(sealed, ControlRoomKeys.generate().identity()),
        Duration.ofHours(24));
    van.close();

    awaitHeard(tap, 6);
    assertThat(tap.topics()).containsExactly(address("alerts"), address("status"));
    assertThat(tap.all()).allSatisfy(message -> assertThat(contract.faultsIn(message)).isEmpty());
  }

  @Test
  void aTestAlertIsAsItSaysAndNoOnvifEventFollowsIt() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    MqttPublisher van = vanWithOnvif(broker);
    van.permitOnvifBesideSealed(TestAlerts.DEPLOYMENT);
    UUID id = UUID.randomUUID();
    Alert alert = Alerts.about("S-0001");

    van.publish(
        id, TestAlerts.event(id, ControlRoomKeys.generate().identity()), Duration.ofMinutes(2));
    van.publish(alert.id(), Alerts.event(alert), Duration.ofHours(24));

    awaitHeard(tap, 3);
    assertThat(tap.all()).allSatisfy(message -> assertThat(contract.faultsIn(message)).isEmpty());
    assertThat(tap.all())
        .extracting(Heard::correlation)
        .containsExactly(id.toString(), alert.id().toString(), null);
  }

  @Test
  void aStatusOfAVanThatAnswersTestsIsAsItSays() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    inbound.answerTests();

    connectedVan(broker).announce(new VanStatus(0, Alerts.POSITION, List.of()));

    awaitHeard(tap, 1);
    assertThat(tap.all()).allSatisfy(message -> assertThat(contract.faultsIn(message)).isEmpty());
    assertThat(
            new JsonMapper().readTree(tap.all().get(0).content()).path("answersTests").asBoolean())
        .isTrue();
  }

  @Test
  void aReceiptIsAsItSays() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    MqttPublisher van = connectedVan(broker);
    inbound.answer(
        OutcomeReceipt.recorded(UUID.randomUUID(), Outcome.FALSE, Alerts.POSITION.head()));
    inbound.answer(OutcomeReceipt.not(OutcomeReceipt.Result.UNKNOWN_ALERT, UUID.randomUUID()));
    inbound.answer(OutcomeReceipt.not(OutcomeReceipt.Result.NOT_STORED, UUID.randomUUID()));
    for (EngagementReceipt.Result result : EngagementReceipt.Result.values()) {
      inbound.answer(
          new EngagementReceipt(
              UUID.randomUUID(),
              UUID.randomUUID(),
              result,
              result == EngagementReceipt.Result.RECORDED ? Alerts.POSITION.head() : null));
    }

    inbound.answer(new WithdrawnAlert(UUID.randomUUID()));

    van.receipts();

    awaitHeard(tap, 4 + EngagementReceipt.Result.values().length);
    assertThat(tap.topics()).containsExactly(address("receipts"));
    assertThat(tap.all()).allSatisfy(message -> assertThat(contract.faultsIn(message)).isEmpty());
    assertThat(inbound.receipts()).isEmpty();
  }

  @Test
  void aSightingIsAsItSaysInClearAndSealed() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    MqttPublisher van = connectedVan(broker);
    AlertSighting seen = new AlertSighting(UUID.randomUUID(), Instant.now(), true, Walking.TOWARDS);
    AlertSighting gone = new AlertSighting(seen.alert(), seen.at(), false, null);

    for (AlertSighting each : List.of(seen, gone)) {
      for (Optional<ControlRoomIdentity> room :
          List.of(
              Optional.<ControlRoomIdentity>empty(),
              Optional.of(ControlRoomKeys.generate().identity()))) {
        van.sighting(
            each.alert(),
            SightingMessage.encode(each, room),
            SightingMessage.expiry(each.inView()));
      }
    }

    awaitHeard(tap, 4);
    assertThat(tap.topics()).containsExactly(address("sightings"));
    assertThat(tap.all()).allSatisfy(message -> assertThat(contract.faultsIn(message)).isEmpty());
  }

  private MqttPublisher vanWithOnvif(LoopbackBroker broker) throws PublishException {
    MqttPublisher van =
        new MqttPublisher(
            new BrokerSettings(List.of(broker.uri()), null, null, null, null, null, true),
            Alerts.VAN,
            Alerts.DEVICE,
            "1.2.3",
            Clock.systemUTC(),
            Inbound.NONE);
    open.add(van);
    van.connect();
    return van;
  }

  @Test
  void anAlertThatWasAcceptedIsPublishedAsAnOnvifEventToo() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    Alert alert = Alerts.about("S-0001");

    vanWithOnvif(broker).publish(alert.id(), Alerts.event(alert), Duration.ofHours(24));

    awaitHeard(tap, 2);
    assertThat(tap.all()).allSatisfy(message -> assertThat(contract.faultsIn(message)).isEmpty());
    String topic = address("onvifFaces").replace("{camera}", alert.origin().camera().value());
    assertThat(tap.topics()).containsExactly(address("alerts"), topic);
    JsonNode event = new JsonMapper().readTree(tap.on(topic).get(0).content());
    assertThat(event.at("/Source/VideoSource").stringValue())
        .isEqualTo(alert.origin().camera().value());
    assertThat(event.at("/Data/EnrollmentID").stringValue()).isEqualTo("S-0001");
    assertThat(event.at("/Data/AlertID").stringValue()).isEqualTo(alert.id().toString());
  }

  @Test
  void theOnvifEventOfASealedAlertNamesNobody() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    Alert alert = Alerts.about("S-0001");
    ControlRoomIdentity room = ControlRoomKeys.generate().identity();

    MqttPublisher van = vanWithOnvif(broker);
    van.permitOnvifBesideSealed(alert.origin().deployment());
    van.publish(alert.id(), Alerts.event(alert, room), Duration.ofHours(24));

    awaitHeard(tap, 2);
    assertThat(tap.all()).allSatisfy(message -> assertThat(contract.faultsIn(message)).isEmpty());
    String topic = address("onvifFaces").replace("{camera}", alert.origin().camera().value());
    JsonNode event = new JsonMapper().readTree(tap.on(topic).get(0).content());
    assertThat(event.at("/Data").propertyNames()).containsExactly("Likelihood", "AlertID");
    assertThat(event.at("/Source").propertyNames())
        .containsExactly("VideoSource", "AnalyticsConfiguration", "Rule");
  }

  /** Such as one that waited since a deployment that did not permit it. */
  @Test
  void noOnvifEventFollowsASealedAlertOfAnotherDeployment() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    Alert sealed = Alerts.about("S-0001");
    Alert clear = Alerts.about("S-0002");
    MqttPublisher van = vanWithOnvif(broker);
    van.permitOnvifBesideSealed(new DeploymentId("another"));

    van.publish(
        sealed.id(),
        Alerts.event(sealed, ControlRoomKeys.generate().identity()),
        Duration.ofHours(24));
    van.publish(clear.id(), Alerts.event(clear), Duration.ofHours(24));

    awaitHeard(tap, 3);
    String topic = address("onvifFaces").replace("{camera}", clear.origin().camera().value());
    assertThat(tap.on(topic))
        .singleElement()
        .satisfies(
            event ->
                assertThat(new JsonMapper().readTree(event.content()).at("/Data/AlertID"))
                    .hasToString("\"" + clear.id() + "\""));
  }

  @Test
  void theCorrelationOfAnAlertIsWhereItSays() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    Alert alert = Alerts.about("S-0001");

    connectedVan(broker).publish(alert.id(), Alerts.event(alert), Duration.ofHours(24));

    awaitHeard(tap, 1);
    String location =
        contract.at("#/components/messages/alert/correlationId/location").stringValue();
    assertThat(location).startsWith("$message.payload#");
    JsonNode event = new JsonMapper().readTree(tap.all().get(0).content());
    assertThat(event.at(location.substring(location.indexOf('#') + 1)).stringValue())
        .isEqualTo(tap.all().get(0).correlation());
  }

  @Test
  void aVanAsksForTheSessionThatItSays() throws Exception {
    JsonNode said = contract.at("#/servers/broker/bindings/mqtt");
    BadBroker broker = new BadBroker(0, BadBroker.Fault.REFUSES);
    open.add(broker);
    MqttPublisher van =
        new MqttPublisher(
            BrokerSettings.plain(URI.create("mqtt://127.0.0.1:" + broker.port())),
            Alerts.VAN,
            Alerts.DEVICE,
            "1.2.3",
            Clock.systemUTC(),
            Inbound.NONE);
    open.add(van);

    assertThatExceptionOfType(PublishException.class).isThrownBy(van::connect);

    assertThat(broker.connects())
        .singleElement()
        .satisfies(
            asked -> {
              assertThat(asked.isCleanStart()).isEqualTo(said.path("cleanSession").booleanValue());
              assertThat(asked.getProperties().getSessionExpiryInterval())
                  .isEqualTo(said.path("sessionExpiryInterval").longValue());
              assertThat(asked.getKeepAliveInterval()).isEqualTo(said.path("keepAlive").intValue());
            });
  }

  @Test
  void theLastWillIsAsItSays() throws Exception {
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    connectedVan(broker);
    JsonNode binding = contract.at("#/servers/broker/bindings/mqtt");

    // A second connection under the name: the broker ends the van's without a farewell.
    open.add(
        MqttLink.open(
            new BrokerAccess(BrokerSettings.plain(broker.uri())),
            MqttLink.Session.clean(AsyncApi.of(Alerts.VAN, binding.path("clientId"))),
            null,
            SOON,
            (topic, payload) -> {}));

    awaitHeard(tap, 1);
    Heard will = tap.all().get(0);
    JsonNode said = binding.path("lastWill");
    assertThat(contract.faultsIn(will)).isEmpty();
    assertThat(will.topic()).isEqualTo(AsyncApi.of(Alerts.VAN, said.path("topic")));
    assertThat(Alerts.DEVICE.identity().check(VanStatus.SIGNED_TYPE, will.content()))
        .isInstanceOfSatisfying(
            SignedMessage.Check.Genuine.class,
            genuine ->
                assertThat(new String(genuine.content(), StandardCharsets.UTF_8))
                    .isEqualTo(AsyncApi.of(Alerts.VAN, said.path("message"))));
    assertThat(will.qos()).isEqualTo(said.path("qos").intValue());
    assertThat(will.retained()).isEqualTo(said.path("retain").booleanValue());
  }

  @Test
  void aRevocationOnItsTopicReachesAVanThatConnectsLater() throws Exception {
    LoopbackBroker broker = broker();
    byte[] document = "signed".getBytes(StandardCharsets.UTF_8);
    tap(broker).retain(address("revocations"), document);

    connectedVan(broker);

    await().atMost(SOON).until(() -> !inbound.revocations().isEmpty());
    assertThat(inbound.revocations().get(0)).isEqualTo(document);
  }

  @Test
  void aVanTakesRevocationsOfTheSizeThatItSaysAndNoLongerOnes() throws Exception {
    int maximum = contract.at("#/components/messages/revocation/x-maximum-bytes").intValue();
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    connectedVan(broker);

    for (int size : new int[] {0, maximum + 1, maximum}) {
      tap.retain(address("revocations"), new byte[size]);
    }

    await().atMost(SOON).until(() -> !inbound.revocations().isEmpty());
    assertThat(inbound.revocations()).extracting(each -> each.length).containsExactly(maximum);
  }

  @Test
  void anOutcomeIsAsItSays() {
    ControlRoomKeys keys = ControlRoomKeys.generate();
    JsonNode kind = contract.at("#/components/messages/outcome");

    Actor first = Actor.officer("1234");
    Actor second = Actor.officer("5678");
    UUID alert = UUID.randomUUID();
    Instant at = Instant.now();
    for (OutcomeMessage outcome :
        List.of(
            new OutcomeMessage(alert, Outcome.FALSE, first, null, at),
            new OutcomeMessage(alert, Outcome.FALSE, first, second, at),
            new OutcomeMessage(
                alert,
                Outcome.FALSE,
                first,
                second,
                at,
                List.of(
                    new Judged(first, Outcome.FALSE, at),
                    new Judged(second, Outcome.FALSE, at))))) {
      byte[] message = outcome.sign(keys);

      String text = new String(message, StandardCharsets.US_ASCII);
      assertThat(Schema.of(kind.path("payload")).errorsIn(new StringNode(text))).isEmpty();
      assertThat(message.length).isLessThan(kind.path("x-maximum-bytes").intValue());
      assertThat(Schema.OUTCOME.errorsIn(Base64.getUrlDecoder().decode(text.split("\\.", -1)[1])))
          .isEmpty();
    }
  }

  @Test
  void aVanTakesOutcomesOfTheSizeThatItSaysAndCountsLongerOnes() throws Exception {
    int maximum = contract.at("#/components/messages/outcome/x-maximum-bytes").intValue();
    LoopbackBroker broker = broker();
    BrokerTap tap = tap(broker);
    connectedVan(broker);

    for (int size : new int[] {maximum + 1, maximum}) {
      tap.publish(address("outcomes"), new byte[size]);
    }

    await().atMost(SOON).until(() -> !inbound.outcomes().isEmpty());
    assertThat(inbound.outcomes()).extracting(each -> each.length).containsExactly(maximum);
    assertThat(inbound.ignored()).isEqualTo(1);
  }

  @Test
  void aMessageThatIsNotAsItSaysIsFound() throws Exception {
    BrokerTap tap = tap(broker());
    byte[] status =
        "{\"van\":\"van-1\",\"state\":\"offline\",\"more\":1}".getBytes(StandardCharsets.UTF_8);

    for (String channel : List.of("alerts", "status", "revocations")) {
      tap.retain(address(channel), status);
    }

    awaitHeard(tap, 3);
    assertThat(faults(tap, "alerts")).anyMatch(fault -> fault.startsWith("retained"));
    assertThat(faults(tap, "alerts")).anyMatch(fault -> fault.startsWith("expiry"));
    assertThat(faults(tap, "alerts")).anyMatch(fault -> fault.startsWith("correlation"));
    assertThat(faults(tap, "status")).anyMatch(fault -> fault.startsWith("content type"));
    assertThat(faults(tap, "status")).anyMatch(fault -> fault.contains("more"));
    assertThat(faults(tap, "revocations"))
        .containsExactly("a van sends nothing on " + address("revocations"));
  }

  private List<String> faults(BrokerTap tap, String channel) {
    return contract.faultsIn(tap.on(address(channel)).get(0));
  }
}
