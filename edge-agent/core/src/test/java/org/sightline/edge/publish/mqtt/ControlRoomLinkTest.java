package org.sightline.edge.publish.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.RoomTopic;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.testkit.LoopbackBroker;

/** What a control room hears of a broker, and what it leaves out. */
@Execution(ExecutionMode.CONCURRENT)
class ControlRoomLinkTest {
  private static final Duration SOON = Duration.ofSeconds(20);

  private final List<String> taken = new CopyOnWriteArrayList<>();
  private LoopbackBroker broker;
  private BrokerTap tap;
  private ControlRoomLink link;

  /** Takes everything but what says "bad", and breaks at what says "worse". */
  private final class Inbox implements ControlRoomInbox {
    @Override
    public boolean alert(VanId van, byte[] event, Duration expiry) {
      return take("alert", van, event);
    }

    @Override
    public boolean status(VanId van, byte[] message, boolean retained) {
      return take(retained ? "retained status" : "status", van, message);
    }

    @Override
    public boolean outcome(VanId van, byte[] message) {
      return take("outcome", van, message);
    }

    @Override
    public boolean receipt(VanId van, byte[] message) {
      return take("receipt", van, message);
    }

    @Override
    public boolean sighting(VanId van, byte[] message, Duration expiry) {
      return take("sighting", van, message);
    }

    @Override
    public boolean test(byte[] message) {
      return true;
    }

    @Override
    public boolean exchanged(RoomTopic topic, byte[] message) {
      return take(topic.word(), null, message);
    }

    private boolean take(String kind, @Nullable VanId van, byte[] message) {
      String text = new String(message, UTF_8).strip();
      taken.add(kind + " of " + van + ": " + text);
      if (text.equals("worse")) {
        throw new IllegalStateException(text);
      }
      return !text.equals("bad");
    }
  }

  @BeforeEach
  void start() throws Exception {
    broker = Mosquitto.open();
    broker.start();
    tap = BrokerTap.on(broker);
    startLink();
  }

  private void startLink() throws Exception {
    link = ControlRoomLink.start(BrokerSettings.plain(broker.uri()), "north", "room", new Inbox());
    assertThat(link.awaitSubscribed(SOON)).isTrue();
  }

  @AfterEach
  void stop() throws Exception {
    link.close();
    tap.close();
    broker.close();
  }

  private void say(String topic, String text) throws MqttException {
    tap.publish("sightline/v1/" + topic, text.getBytes(UTF_8));
  }

  /** All that came before a last message. */
  private List<String> takenUpTo(String last) {
    await().atMost(SOON).until(() -> taken.contains("alert of van-9: " + last));
    return taken.subList(0, taken.indexOf("alert of van-9: " + last));
  }

  @Test
  void itHearsAlertsStatusAndOutcomesOfAllVans() throws Exception {
    say("van-1/alerts", "a");
    say("van-2/status", "s");
    say("van-3/outcomes", "o");
    say("van-9/alerts", "last");

    assertThat(takenUpTo("last"))
        .containsExactly("alert of van-1: a", "status of van-2: s", "outcome of van-3: o");
  }

  @Test
  void itHearsAfterwardsWhatWasSaidWhileItWasAway() throws Exception {
    link.close();
    say("van-1/alerts", "meanwhile");
    startLink();
    say("van-9/alerts", "last");

    assertThat(takenUpTo("last")).containsExactly("alert of van-1: meanwhile");
  }

  @Test
  void aStatusThatTheBrokerHasKeptIsReportedAsSuch() throws Exception {
    link.close();
    tap.retain("sightline/v1/van-1/status", "s".getBytes(UTF_8));
    startLink();
    say("van-9/alerts", "last");

    assertThat(takenUpTo("last")).contains("retained status of van-1: s");
  }

  @Test
  void whatIsNotWhatItShouldBeIsCounted() throws Exception {
    say("van-1/alerts", "bad");
    say("van-1/status", "bad");
    say("van-1/outcomes", "bad");
    say("van-9/alerts", "last");
    takenUpTo("last");

    assertThat(link.ignored()).isEqualTo(3);
  }

  @Test
  void whatIsTooLongIsCountedAndNotHandedOn() throws Exception {
    say("van-1/status", " ".repeat(17_000));
    say("van-1/outcomes", " ".repeat(5_000));
    say("van-1/alerts", " ".repeat(3_000_000));
    say("van-9/alerts", "last");

    assertThat(takenUpTo("last")).isEmpty();
    assertThat(link.ignored()).isEqualTo(3);
  }

  @Test
  void aMessageThatBreaksSomethingDoesNotComeAgain() throws Exception {
    say("van-1/alerts", "worse");
    say("van-9/alerts", "last");

    assertThat(takenUpTo("last")).containsExactly("alert of van-1: worse");
    assertThat(link.ignored()).isEqualTo(1);
  }

  @Test
  void aTopicOfNobodyIsCounted() throws Exception {
    say("No Van/alerts", "a");
    say("van-9/alerts", "last");

    assertThat(takenUpTo("last")).isEmpty();
    assertThat(link.ignored()).isEqualTo(1);
  }
}
