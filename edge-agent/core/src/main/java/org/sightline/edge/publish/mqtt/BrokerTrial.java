package org.sightline.edge.publish.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.PublishException;

/**
 * Tries a broker as a van would use it, without taking the place of an agent that may be connected,
 * and without saying anything to a control room: what it publishes is empty, not retained and over
 * after a second, and receivers pass over empty messages.
 */
public final class BrokerTrial {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final long EXPIRY_SECONDS = 1;

  private BrokerTrial() {}

  /**
   * What was found.
   *
   * @param address that answered
   * @param connecting until the broker had accepted the connection
   * @param answering until it had answered a message
   * @param certificateUntil when the first certificate of its chain expires; null without TLS
   * @param publishing the rights to publish
   * @param hearing whether the broker takes subscriptions, which with some brokers says nothing of
   *     the right to read
   * @param heard whether somebody is subscribed to this van's alerts, or has a mailbox there
   */
  public record Result(
      String address,
      Duration connecting,
      Duration answering,
      @Nullable Instant certificateUntil,
      List<Right> publishing,
      List<Right> hearing,
      boolean heard) {}

  /** Whether the broker lets this van do something. */
  public record Right(String what, String topic, boolean granted) {}

  /**
   * Connects to the first address that answers, and tries every right that a van needs.
   *
   * @throws PublishException if there is no connection, saying why
   */
  public static Result of(BrokerSettings settings, VanId van) throws PublishException {
    BrokerAccess access = new BrokerAccess(settings);
    return access.firstAnswer(address -> at(access, address, van));
  }

  private static Result at(BrokerAccess access, BrokerAddress address, VanId van)
      throws PublishException {
    long begun = System.nanoTime();
    try (MqttLink link =
        MqttLink.open(
            access,
            address,
            MqttLink.Session.clean("sightline-doctor-" + van),
            null,
            PATIENCE,
            (topic, message) -> {})) {
      Duration connecting = since(begun);
      begun = System.nanoTime();
      int alerts = published(link, Topics.alerts(van));
      Duration answering = since(begun);
      return new Result(
          address.toString(),
          connecting,
          answering,
          certificateUntil(access, address),
          List.of(
              new Right("publish alerts", Topics.alerts(van), granted(alerts)),
              publishing(link, "publish status", Topics.status(van)),
              publishing(link, "publish receipts", Topics.receipts(van))),
          List.of(
              subscribing(link, "hear outcomes", Topics.outcomes(van)),
              subscribing(link, "hear revocations", Topics.revocations(van)),
              subscribing(link, "hear withdrawals", Topics.withdrawals(van) + "+"),
              subscribing(link, "hear rulings", Topics.rulings(van) + "+"),
              subscribing(link, "hear trust statements", Topics.trust(van) + "+")),
          alerts == MqttReturnCode.RETURN_CODE_SUCCESS);
    }
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private static Right publishing(MqttLink link, String what, String topic)
      throws PublishException {
    return new Right(what, topic, granted(published(link, topic)));
  }

  private static int published(MqttLink link, String topic) throws PublishException {
    MqttProperties properties = new MqttProperties();
    properties.setMessageExpiryInterval(EXPIRY_SECONDS);
    return link.publish(topic, new byte[0], false, properties);
  }

  private static boolean granted(int reason) {
    return reason < MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR;
  }

  private static Right subscribing(MqttLink link, String what, String topic) {
    try {
      link.subscribe(topic);
      return new Right(what, topic, true);
    } catch (PublishException e) {
      return new Right(what, topic, false);
    }
  }

  private static @Nullable Instant certificateUntil(BrokerAccess access, BrokerAddress address) {
    try {
      return access.certificateUntil(address, PATIENCE).orElse(null);
    } catch (IOException e) {
      // It has just been accepted; that a second connection fails says nothing of it.
      return null;
    }
  }
}
