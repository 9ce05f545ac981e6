package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.RecordedInbound;
import org.sightline.edge.relay.OutboxAlertSink;
import org.sightline.edge.relay.Relay;
import org.sightline.edge.relay.RelayListener;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.ConsoleDocument;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.testing.TestCertificates.Issued;
import org.sightline.testkit.LoopbackBroker;

/** What docs/integration.md says to a maker of other software works as it is there. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IntegrationDocumentTest {
  private static final Path DOCS = Path.of("..", "..", "docs");
  private static final Path PYTHON = Path.of("/usr/bin/python3");

  @TempDir static Path folder;
  private final ControlRoomKeys controlRoom = ControlRoomKeys.generate();
  private final RecordedInbound inbound = new RecordedInbound();
  private final Alert alert = Alerts.about("S-0001");
  private final List<AutoCloseable> open = new ArrayList<>();
  private ConsoleDocument document;
  private List<String> printed;

  @BeforeAll
  void runIt() throws Exception {
    assumeTrue(python("-c", "import jwcrypto") == 0, "python3-jwcrypto is not installed");
    TestCertificates authority = new TestCertificates(folder);
    Issued server = authority.server("IP:127.0.0.1");
    Files.copy(server.authority(), folder.resolve("authority.crt"));
    Files.copy(server.certificate(), folder.resolve("broker.crt"));
    Files.copy(server.key(), folder.resolve("broker.key"));
    Files.copy(DOCS.resolve("broker/sightline.acl"), folder.resolve("sightline.acl"));
    Issued receiver = authority.client("control-room");
    controlRoom.writeTo(folder.resolve("controlroom.keys"));
    Alerts.DEVICE.identity().writeTo(folder.resolve("van-1.identity"));
    LoopbackBroker broker =
        opened(Mosquitto.asConfigured(DOCS.resolve("broker/sightline.conf"), folder));
    broker.start();
    raiseAlert(van(broker, authority.client(Alerts.VAN.value())));
    document =
        ConsoleDocument.read(
            DOCS.resolve("integration.md"),
            Map.of(
                "broker.example -p 8883",
                "127.0.0.1 -p " + broker.port(),
                "authority.crt",
                receiver.authority().toString(),
                "control-room.crt",
                receiver.certificate().toString(),
                "control-room.key",
                receiver.key().toString(),
                "\"controlroom.keys\"",
                "\"" + folder.resolve("controlroom.keys") + "\"",
                "van-1.identity",
                folder.resolve("van-1.identity").toString(),
                "python3 ",
                PYTHON + " "));
    printed = document.run(folder, Path.of("sightline"));
  }

  private void raiseAlert(MqttPublisher van) throws Exception {
    Database database = opened(Database.open(folder.resolve("van")));
    Outbox outbox = new Outbox(database, opened(DeviceKeys.generate()).storage());
    Relay relay =
        opened(
            Relay.start(
                database,
                outbox,
                van,
                RelayListener.NONE,
                List::of,
                Recipients.AS_AUTHORISED,
                Clock.systemUTC()));
    new OutboxAlertSink(
            database,
            outbox,
            new AuditLog(Clock.systemUTC()),
            relay,
            AlertTerms.DEFAULT.sealedFor(controlRoom.identity()),
            DeploymentClass.LIVE)
        .raise(alert);
  }

  private <T extends AutoCloseable> T opened(T part) {
    open.add(part);
    return part;
  }

  @AfterAll
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private MqttPublisher van(LoopbackBroker broker, Issued certificate) throws Exception {
    return new MqttPublisher(
        new BrokerSettings(
            List.of(URI.create("mqtts://127.0.0.1:" + broker.port())),
            null,
            null,
            certificate.authority(),
            certificate.certificate(),
            certificate.key()),
        Alerts.VAN,
        Alerts.DEVICE,
        "1",
        Clock.systemUTC(),
        inbound);
  }

  private static int python(String... arguments) throws Exception {
    if (!Files.isExecutable(PYTHON)) {
      return -1;
    }
    List<String> command = new ArrayList<>(List.of(PYTHON.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void everyCommandPrintsWhatIsShown() {
    assertThat(printed).hasSameSizeAs(document.commands());
    for (int i = 0; i < printed.size(); i++) {
      assertThat(printed.get(i)).matches(document.commands().get(i)::shows);
    }
  }

  @Test
  void theSealedPicturesAreThoseOfTheAlert() throws Exception {
    Path work = folder.resolve(ConsoleDocument.WORK);

    assertThat(work.resolve("probe.jpg")).hasBinaryContent(alert.match().probe().jpeg().bytes());
    assertThat(work.resolve("portrait.jpg"))
        .hasBinaryContent(alert.match().portrait().jpeg().bytes());
  }

  @Test
  void theVanReadsTheOutcome() {
    await().atMost(Duration.ofSeconds(30)).until(() -> !inbound.outcomes().isEmpty());
    assertThat(OutcomeMessage.read(inbound.outcomes().get(0), controlRoom.identity()))
        .hasValueSatisfying(
            outcome -> {
              assertThat(outcome.alert()).isEqualTo(alert.id());
              assertThat(outcome.outcome()).isEqualTo(Outcome.FALSE);
            });
  }

  @Test
  void openingAnAlertTakesTwentyLines() {
    assertThat(document.files().get("open_alert.py").lines()).hasSizeLessThanOrEqualTo(20);
  }
}
