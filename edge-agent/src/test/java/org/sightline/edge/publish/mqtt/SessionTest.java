package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.fieldtest.LoopbackBroker;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.RecordedInbound;
import org.sightline.edge.testing.Mosquitto;

/** What a broker remembers of those whose link is down, and what it does not. */
class SessionTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String REVOCATIONS = "sightline/v1/van-1/revocations";

  @TempDir Path folder;
  private final RecordedInbound inbound = new RecordedInbound();
  private final List<ReceivedAlert> received = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private LoopbackBroker broker;
  private MqttPublisher van;

  @BeforeEach
  void connectTheVan() throws Exception {
    broker =
        Mosquitto.configured(
            List.of(
                "allow_anonymous true",
                "persistence true",
                "persistence_location " + folder + "/"));
    open.add(broker);
    broker.start();
    van =
        new MqttPublisher(
            BrokerSettings.plain(broker.uri()), Alerts.VAN, "1", Clock.systemUTC(), inbound);
    open.add(van);
    van.connect();
  }

  @AfterEach
  void close() throws Exception {
    for (int i = open.size() - 1; i >= 0; i--) {
      open.get(i).close();
    }
  }

  private MqttLink link(MqttLink.Session session) throws Exception {
    MqttLink link =
        MqttLink.open(
            new BrokerAccess(BrokerSettings.plain(broker.uri())),
            session,
            null,
            SOON,
            (topic, message) -> receive(message.getPayload()));
    open.add(link);
    return link;
  }

  private void receive(byte[] payload) {
    try {
      received.add(ReceivedAlert.parse(payload));
    } catch (PublishException e) {
      throw new IllegalStateException(e);
    }
  }

  private void say(String message) throws Exception {
    link(MqttLink.Session.clean("authority"))
        .publish(
            REVOCATIONS,
            message.getBytes(StandardCharsets.UTF_8),
            false,
            MqttLink.properties("application/json"));
  }

  private Alert publish() throws Exception {
    Alert alert = Alerts.about("S-0001");
    van.publish(alert.id(), Alerts.event(alert), Duration.ofHours(1));
    return alert;
  }

  private void awaitHeard(String... messages) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(inbound.revocations())
                    .extracting(each -> new String(each, StandardCharsets.UTF_8))
                    .containsExactly(messages));
  }

  private void awaitReceived(Alert... alerts) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(received)
                    .extracting(ReceivedAlert::id)
                    .containsExactlyElementsOf(List.of(alerts).stream().map(Alert::id).toList()));
  }

  @Test
  void whatIsSaidToAVanWithoutALinkReachesItWhenItIsBack() throws Exception {
    van.close();
    say("while away");

    van.connect();

    awaitHeard("while away");
  }

  @Test
  void theBrokerKeepsItOverItsOwnRestart() throws Exception {
    van.close();
    say("while away");

    broker.stop();
    broker.start();
    van.connect();

    awaitHeard("while away");
  }

  @Test
  void whatTheVanHasHeardIsNotSaidAgain() throws Exception {
    say("once");
    awaitHeard("once");
    van.close();

    van.connect();
    say("another");

    awaitHeard("once", "another");
  }

  @Test
  void aVanThatIsBackHasNothingSentThatItsOutboxDidNotSend() throws Exception {
    MqttLink receiver = link(MqttLink.Session.clean("receiver"));
    receiver.subscribe("sightline/v1/+/alerts");
    Alert before = publish();
    awaitReceived(before);
    broker.kill();
    await().atMost(SOON).until(() -> !van.connected());

    broker.start();
    link(MqttLink.Session.clean("receiver")).subscribe("sightline/v1/+/alerts");
    van.connect();
    Alert after = publish();

    awaitReceived(before, after);
  }

  @Test
  void aReceiverThatIsBackGetsWhatItMissedAndNothingThatItHad() throws Exception {
    MqttLink.Session receiver = MqttLink.Session.kept("receiver");
    MqttLink first = link(receiver);
    first.subscribe("sightline/v1/+/alerts");
    Alert had = publish();
    awaitReceived(had);
    first.close();
    Alert missed = publish();

    link(receiver);

    Alert later = publish();
    awaitReceived(had, missed, later);
  }
}
