package org.sightline.edge.publish.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.RoomTopic;
import org.sightline.edge.publish.SightingMessage;
import org.sightline.edge.publish.TestRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A control room's line to the broker: hears alerts, status, outcomes, receipts and sightings of
 * all vans, and publishes outcomes, what its boards say to each other and, to itself, test alerts.
 * The broker keeps its session for a day, so that what is said while the line is down is heard
 * afterwards. Connects again by itself. Thread-safe.
 */
public final class ControlRoomLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ControlRoomLink.class);

  /** Two pictures in base64, sealed, fit in many times over. */
  private static final int LARGEST_ALERT_BYTES = 2 << 20;

  private static final int LARGEST_STATUS_BYTES = 16 << 10;

  private static final int LARGEST_TEST_BYTES = 1 << 10;
  private static final Duration TEST_EXPIRY = Duration.ofSeconds(30);

  /** Where nothing else is sent, a broker that no longer answers is found out within twice this. */
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(4);

  private static final String CLIENT = "sightline-board-";

  private final ControlRoomInbox inbox;
  private final BrokerAccess access;
  private final AtomicLong ignored = new AtomicLong();
  private final String tests;
  private final Map<String, RoomTopic> roomTopics;
  private final String room;
  private final ReconnectingLink link;

  private ControlRoomLink(BrokerAccess access, String name, String room, ControlRoomInbox inbox) {
    this.access = access;
    this.inbox = inbox;
    this.tests = Topics.tests(name);
    this.room = room;
    this.roomTopics =
        Arrays.stream(RoomTopic.values())
            .collect(
                Collectors.toUnmodifiableMap(
                    topic -> Topics.room(room, topic), Function.identity()));
    this.link =
        ReconnectingLink.start(
            access,
            MqttLink.Session.kept(CLIENT + name).tested(KEEP_ALIVE),
            List.of(Topics.status(null), Topics.alerts(null), Topics.outcomes(null)),
            Stream.concat(
                    Stream.of(
                        Topics.receipts(null),
                        Topics.sightings(null),
                        Topics.discarded(null) + "+",
                        tests),
                    roomTopics.keySet().stream())
                .toList(),
            this::arrived,
            "control-room-link");
  }

  /**
   * Starts listening, as soon as the broker is there.
   *
   * @param name by which the broker knows this board again; no two have the same
   * @param room by the name of the key that alerts are sealed for, which its boards share
   * @throws PublishException if the settings cannot be used, whether or not the broker is there
   */
  public static ControlRoomLink start(
      BrokerSettings settings, String name, String room, ControlRoomInbox inbox)
      throws PublishException {
    LOG.info("The broker knows this board as {}", CLIENT + name);
    return new ControlRoomLink(new BrokerAccess(settings), name, room, inbox);
  }

  /** Waits for the first subscription; false if it did not come about in time. */
  public boolean awaitSubscribed(Duration timeout) throws InterruptedException {
    return link.awaitSubscribed(timeout);
  }

  /** Whether it is subscribed now. */
  public boolean connected() {
    return link.connected();
  }

  /** How many messages were too long, or not what they should be. */
  public long ignored() {
    return ignored.get();
  }

  /**
   * Publishes a signed outcome.
   *
   * @param expiry how long it is of use
   * @throws PublishException if the broker has not taken it
   */
  public void publish(VanId van, UUID alert, byte[] signed, Duration expiry)
      throws PublishException {
    MqttProperties properties = MqttLink.properties(OutcomeMessage.MEDIA_TYPE);
    properties.setMessageExpiryInterval(Math.max(1, expiry.toSeconds()));
    properties.setCorrelationData(alert.toString().getBytes(StandardCharsets.US_ASCII));
    publish("an outcome", Topics.outcomes(van), Topics.outcomes(null), signed, properties);
  }

  /**
   * Asks a van for a test alert.
   *
   * @throws PublishException if the broker has not taken it
   */
  public void publish(TestRequest request, byte[] signed) throws PublishException {
    publish(request.van(), request.id(), signed, TEST_EXPIRY);
  }

  /**
   * Publishes a test alert to this board itself.
   *
   * @throws PublishException if the broker has not taken it
   */
  public void publishTest(byte[] message) throws PublishException {
    MqttProperties properties = MqttLink.properties(OutcomeMessage.MEDIA_TYPE);
    properties.setMessageExpiryInterval(TEST_EXPIRY.toSeconds());
    publish("a test alert", tests, Topics.tests("+"), message, properties);
  }

  /**
   * Publishes to the boards of this control room, this one included.
   *
   * @param expiry how long it is of use
   * @throws PublishException if the broker has not taken it
   */
  public void publishToBoards(RoomTopic topic, byte[] message, Duration expiry)
      throws PublishException {
    MqttProperties properties = MqttLink.properties(OutcomeMessage.MEDIA_TYPE);
    properties.setMessageExpiryInterval(expiry.toSeconds());
    publish(
        "what boards say to each other",
        Topics.room(room, topic),
        Topics.room("+", topic),
        message,
        properties);
  }

  private void publish(
      String what, String topic, String right, byte[] message, MqttProperties properties)
      throws PublishException {
    int reason = link.publish(topic, message, properties);
    if (reason >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
      throw new PublishException(
          "the broker refuses " + what + " (" + MqttLink.hex(reason) + ")",
          access.describe(),
          "allow this user to write to " + right,
          null);
    }
  }

  @Override
  public void close() {
    link.close();
  }

  /** A message that breaks something here must not come again for ever. */
  private void arrived(String topic, MqttMessage message) {
    boolean good;
    try {
      good = taken(topic, message);
    } catch (RuntimeException e) {
      LOG.error("A message on {} could not be handled: {}", topic, e.getClass().getSimpleName());
      good = false;
    }
    if (!good) {
      long number = ignored.incrementAndGet();
      if (Long.bitCount(number) == 1) {
        LOG.warn("{} unexpected messages so far, the last on {}", number, topic);
      }
    }
  }

  private boolean taken(String topic, MqttMessage message) {
    byte[] payload = message.getPayload();
    RoomTopic roomTopic = roomTopics.get(topic);
    if (roomTopic != null) {
      return payload.length <= RoomTopic.MAX_SIZE_BYTES && inbox.exchanged(roomTopic, payload);
    }
    if (topic.equals(tests)) {
      return payload.length <= LARGEST_TEST_BYTES && inbox.test(payload);
    }
    Optional<VanId> discarding = Topics.vanOfDiscarded(topic);
    if (discarding.isPresent()) {
      // An empty one only clears what the broker kept.
      return payload.length == 0
          || (payload.length <= DiscardReceipt.MAX_SIZE_BYTES
              && inbox.discarded(discarding.get(), payload));
    }
    return Topics.van(topic).map(van -> taken(van, topic, message)).orElse(false);
  }

  private boolean taken(VanId van, String topic, MqttMessage message) {
    byte[] payload = message.getPayload();
    if (payload.length == 0) {
      // Somebody tries whether it may be published: it says nothing.
      return true;
    }
    if (topic.equals(Topics.alerts(van))) {
      return payload.length <= LARGEST_ALERT_BYTES && inbox.alert(van, payload, expiry(message));
    }
    if (topic.equals(Topics.outcomes(van))) {
      return payload.length <= OutcomeMessage.MAX_SIZE_BYTES && inbox.outcome(van, payload);
    }
    if (topic.equals(Topics.receipts(van))) {
      return payload.length <= OutcomeReceipt.MAX_SIZE_BYTES && inbox.receipt(van, payload);
    }
    if (topic.equals(Topics.sightings(van))) {
      return payload.length <= SightingMessage.MAX_SIZE_BYTES
          && inbox.sighting(van, payload, expiry(message));
    }
    return payload.length <= LARGEST_STATUS_BYTES
        && inbox.status(van, payload, message.isRetained());
  }

  /** What is left of its life; without a limit of its own, as long as anything. */
  private static Duration expiry(MqttMessage message) {
    return Optional.ofNullable(message.getProperties())
        .map(MqttProperties::getMessageExpiryInterval)
        .map(Duration::ofSeconds)
        .orElse(ControlRoomInbox.LONGEST_EXPIRY);
  }
}
