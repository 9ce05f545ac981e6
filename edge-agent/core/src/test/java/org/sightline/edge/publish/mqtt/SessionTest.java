package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.RecordedInbound;
import org.sightline.edge.publish.RoomTopic;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.testkit.LoopbackBroker;

/** What a broker remembers of those whose link is down, and what it does not. */
@Execution(ExecutionMode.CONCURRENT)
class SessionTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final Duration BRIEF = Duration.ofSeconds(1);

  /** Several times as many as Mosquitto has under way to a client that does not ask for more. */
  private static final int MANY = 100;

  /** As many unanswered messages as Mosquitto takes. */
  private static final int AT_ONCE = 20;

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
            BrokerSettings.plain(broker.uri()),
            Alerts.VAN,
            Alerts.DEVICE,
            "1",
            Clock.systemUTC(),
            inbound);
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
    say(message, 1, Duration.ofHours(1));
  }

  private void say(String message, int times, Duration expiry) throws Exception {
    MqttProperties properties = MqttLink.properties("application/json");
    properties.setMessageExpiryInterval(expiry.toSeconds());
    try (MqttLink authority = link(MqttLink.Session.clean("authority"))) {
      for (int i = 0; i < times; i++) {
        authority.publish(REVOCATIONS, message.getBytes(StandardCharsets.UTF_8), false, properties);
      }
    }
  }

  private Alert publish() throws Exception {
    return publish(Duration.ofHours(1));
  }

  private Alert publish(Duration expiry) throws Exception {
    Alert alert = Alerts.about("S-0001");
    van.publish(alert.id(), Alerts.event(alert), expiry);
    return alert;
  }

  /** Until the last message of that short a life has expired at the broker too. */
  private static void awaitExpiry() {
    Instant over = Instant.now().plus(BRIEF.multipliedBy(2));
    await().atMost(SOON).until(() -> Instant.now().isAfter(over));
  }

  private ControlRoomLink board() throws Exception {
    ControlRoomLink board =
        ControlRoomLink.start(
            BrokerSettings.plain(broker.uri()),
            "board",
            "room",
            new ControlRoomInbox() {
              @Override
              public boolean alert(VanId van, byte[] event, Duration expiry) {
                receive(event);
                return true;
              }

              @Override
              public boolean status(VanId van, byte[] message, boolean retained) {
                return true;
              }

              @Override
              public boolean outcome(VanId van, byte[] message) {
                return true;
              }

              @Override
              public boolean receipt(VanId van, byte[] message) {
                return true;
              }

              @Override
              public boolean sighting(VanId van, byte[] message, Duration expiry) {
                return true;
              }

              @Override
              public boolean test(byte[] message) {
                return true;
              }

              @Override
              public boolean exchanged(RoomTopic topic, byte[] message) {
                return true;
              }
            });
    open.add(board);
    assertThat(board.awaitSubscribed(SOON)).isTrue();
    return board;
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

  @Test
  void aMessageIsSentThoughTheReceiverOfTheSameLinkIsBusy() throws Exception {
    CountDownLatch busy = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(1);
    MqttLink link =
        MqttLink.open(
            new BrokerAccess(BrokerSettings.plain(broker.uri())),
            MqttLink.Session.clean("busy"),
            null,
            SOON,
            (topic, message) -> {
              busy.countDown();
              await().atMost(SOON).until(() -> done.getCount() == 0);
            });
    open.add(link);
    link.subscribe(REVOCATIONS);
    say("to be taken");
    busy.await();
    AtomicInteger taken = new AtomicInteger();
    ExecutorService sender = Executors.newSingleThreadExecutor();
    open.add(sender::shutdownNow);
    Future<?> sending =
        sender.submit(
            () -> {
              while (taken.get() < MANY) {
                link.publish("elsewhere", new byte[0], false, new MqttProperties());
                taken.incrementAndGet();
              }
              return null;
            });
    await().atMost(SOON).until(() -> taken.get() >= AT_ONCE);

    done.countDown();

    sending.get(SOON.toSeconds(), TimeUnit.SECONDS);
    assertThat(taken).hasValue(MANY);
  }

  @Test
  void aBoardThatIsBackGetsTheGoodAlertsBehindThoseThatHaveExpired() throws Exception {
    board().close();
    for (int i = 0; i < MANY; i++) {
      publish(BRIEF);
    }
    Alert first = publish();
    Alert second = publish();
    awaitExpiry();

    board();

    awaitReceived(first, second);
  }

  @Test
  void aVanThatIsBackHearsWhatWaitsBehindWhatHasExpired() throws Exception {
    van.close();
    say("expired", MANY, BRIEF);
    say("good");
    awaitExpiry();

    van.connect();

    awaitHeard("good");
  }
}
