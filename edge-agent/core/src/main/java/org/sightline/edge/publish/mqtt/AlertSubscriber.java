package org.sightline.edge.publish.mqtt;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.LogWatch;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.ReceivedAlert;

/**
 * Receives alerts as a control room does: each id once, whatever the broker repeats; connects again
 * by itself. Where it may read the status of vans too, it checks that their audit logs continue
 * from what was published, and logs it if not. Thread-safe.
 */
public final class AlertSubscriber implements AutoCloseable {
  /** Repetitions follow at once or after an outage; so many alerts never fall in between. */
  private static final int REMEMBERED_IDS = 100_000;

  private final Consumer<ReceivedAlert> receiver;
  private final ReconnectingLink link;
  private final AtomicLong repetitions = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final LogWatch logs = new LogWatch();
  private final Map<UUID, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
          return size() > REMEMBERED_IDS;
        }
      };

  private AlertSubscriber(
      BrokerAccess access, @Nullable VanId van, Consumer<ReceivedAlert> receiver) {
    this.receiver = receiver;
    this.link =
        ReconnectingLink.start(
            access,
            MqttLink.Session.clean("sightline-receiver-" + UUID.randomUUID()),
            List.of(Topics.alerts(van)),
            List.of(Topics.status(van)),
            this::arrived,
            "alert-subscriber");
  }

  /**
   * Starts receiving, as soon as the broker is there.
   *
   * @param van whose alerts; null for all
   * @param receiver is called on one thread at a time, once for each id
   * @throws PublishException if the settings cannot be used, whether or not the broker is there
   */
  public static AlertSubscriber start(
      BrokerSettings settings, @Nullable VanId van, Consumer<ReceivedAlert> receiver)
      throws PublishException {
    return new AlertSubscriber(new BrokerAccess(settings), van, receiver);
  }

  /**
   * Waits for the first subscription.
   *
   * @return whether it came about in time
   */
  public boolean awaitSubscribed(Duration timeout) throws InterruptedException {
    return link.awaitSubscribed(timeout);
  }

  /** Whether it is subscribed now. */
  public boolean connected() {
    return link.connected();
  }

  /** How many messages repeated an id that had been received. */
  public long repetitions() {
    return repetitions.get();
  }

  /** How many messages were not alerts. */
  public long unreadable() {
    return unreadable.get();
  }

  @Override
  public void close() {
    link.close();
  }

  private void arrived(String topic, MqttMessage message) {
    Optional<VanId> statusOf = Topics.van(topic).filter(it -> topic.equals(Topics.status(it)));
    if (statusOf.isEmpty()) {
      receive(message.getPayload());
    } else if (!message.isRetained()) {
      logs.status(statusOf.get(), message.getPayload());
    }
  }

  private void receive(byte[] payload) {
    ReceivedAlert alert;
    try {
      alert = ReceivedAlert.parse(payload);
    } catch (PublishException e) {
      unreadable.incrementAndGet();
      return;
    }
    synchronized (seen) {
      if (seen.putIfAbsent(alert.id(), true) != null) {
        repetitions.incrementAndGet();
        return;
      }
    }
    receiver.accept(alert);
    logs.alert(alert);
  }
}
