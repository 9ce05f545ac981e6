package org.sightline.edge.publish.mqtt;

import java.time.Duration;
import java.time.InstantSource;
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
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.LogWatch;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives alerts as a control room does: each id once, whatever the broker repeats, and none that
 * {@link VanMessages} refuses, which is a warning in the log; connects again by itself. Where it
 * may read the status of vans too, it checks that their audit logs continue from what was
 * published, and logs it if not. Thread-safe.
 */
public final class AlertSubscriber implements AutoCloseable {
  /** Repetitions follow at once or after an outage; so many alerts never fall in between. */
  private static final int REMEMBERED_IDS = 100_000;

  private static final Logger LOG = LoggerFactory.getLogger(AlertSubscriber.class);

  private final VanMessages messages;
  private final Consumer<ReceivedAlert> receiver;
  private final ReconnectingLink link;
  private final AtomicLong repetitions = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final LineLimit lines = new LineLimit();
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
      BrokerAccess access,
      @Nullable VanId van,
      VanIdentities identities,
      Consumer<ReceivedAlert> receiver) {
    this.messages = new VanMessages(identities, InstantSource.system());
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
   * @param identities the devices of vans
   * @param receiver is called on one thread at a time, once for each id
   * @throws PublishException if the settings cannot be used, whether or not the broker is there
   */
  public static AlertSubscriber start(
      BrokerSettings settings,
      @Nullable VanId van,
      VanIdentities identities,
      Consumer<ReceivedAlert> receiver)
      throws PublishException {
    return new AlertSubscriber(new BrokerAccess(settings), van, identities, receiver);
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

  /** How many messages were not taken for alerts of their vans. */
  public long refused() {
    return refused.get();
  }

  @Override
  public void close() {
    link.close();
  }

  private void arrived(String topic, MqttMessage message) {
    if (message.getPayload().length == 0) {
      // Somebody tries whether it may be published: it says nothing.
      return;
    }
    Optional<VanId> named = Topics.van(topic);
    if (named.isEmpty()) {
      refused.incrementAndGet();
    } else if (!topic.equals(Topics.status(named.get()))) {
      receive(named.get(), message.getPayload());
    } else if (!message.isRetained()) {
      messages
          .status(named.get(), message.getPayload())
          .taken()
          .ifPresent(status -> logs.status(named.get(), status));
    }
  }

  private void receive(VanId sender, byte[] payload) {
    if (messages.isTestAlert(sender, payload)) {
      return; // It is about nobody, and the board's that asked for it.
    }
    VanMessages.Reading<ReceivedAlert> reading = messages.alert(sender, payload);
    if (reading instanceof VanMessages.Reading.Taken<ReceivedAlert> taken) {
      receive(taken.content());
    } else if (reading instanceof VanMessages.Reading.Refused<ReceivedAlert> not) {
      refused.incrementAndGet();
      lines
          .due("REFUSED: an alert on the topic of " + sender + " " + not.fault().words())
          .ifPresent(LOG::warn);
    }
  }

  private void receive(ReceivedAlert alert) {
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
