package org.sightline.edge.publish.mqtt;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.concurrent.Backoff;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.publish.BrokerRetries;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.PublishException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens to topics, on a new link whenever one has ended. Thread-safe. */
final class ReconnectingLink implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ReconnectingLink.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);

  private final BrokerAccess access;
  private final MqttLink.Session session;
  private final List<String> topics;
  private final List<String> dispensable;
  private final BiConsumer<String, MqttMessage> inbox;
  private final Thread thread;
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private final LineLimit lines = new LineLimit();
  private volatile @Nullable MqttLink current;
  private volatile boolean closing;

  private ReconnectingLink(
      BrokerAccess access,
      MqttLink.Session session,
      List<String> topics,
      List<String> dispensable,
      BiConsumer<String, MqttMessage> inbox,
      String threadName) {
    this.access = access;
    this.session = session;
    this.topics = topics;
    this.dispensable = dispensable;
    this.inbox = inbox;
    this.thread = Threads.daemon(threadName, this::run);
  }

  /**
   * Starts listening, as soon as the broker is there.
   *
   * @param dispensable further topics, which the broker may refuse
   * @param inbox is called on one thread at a time, and must not publish
   */
  static ReconnectingLink start(
      BrokerAccess access,
      MqttLink.Session session,
      List<String> topics,
      List<String> dispensable,
      BiConsumer<String, MqttMessage> inbox,
      String threadName) {
    ReconnectingLink link =
        new ReconnectingLink(access, session, topics, dispensable, inbox, threadName);
    link.thread.start();
    return link;
  }

  /** Waits for the first subscription; false if it did not come about in time. */
  boolean awaitSubscribed(Duration timeout) throws InterruptedException {
    return subscribed.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether it is subscribed now. */
  boolean connected() {
    MqttLink link = current;
    return link != null && link.connected();
  }

  /**
   * Publishes with QoS 1, not retained.
   *
   * @return the reason code of the broker's PUBACK
   * @throws PublishException if none came, or there is no connection
   */
  int publish(String topic, byte[] payload, MqttProperties properties) throws PublishException {
    MqttLink link = current;
    if (link == null) {
      throw PublishException.temporary(
          "there is no connection to the broker",
          access.describe(),
          "it is made as soon as the broker can be reached",
          null);
    }
    return link.publish(topic, payload, false, properties);
  }

  @Override
  public void close() {
    // The library swallows interrupts, so one alone does not end the thread.
    closing = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void warn(PublishException e) {
    lines.due("No messages arrive from the broker: " + e.getMessage()).ifPresent(LOG::warn);
  }

  private static void trySubscribe(MqttLink link, String topic) {
    try {
      link.subscribe(topic);
    } catch (PublishException e) {
      LOG.info("The broker refuses a subscription: {}", e.getMessage());
    }
  }

  private void run() {
    Backoff backoff = BrokerRetries.backoff();
    try {
      while (!closing) {
        try (MqttLink link = MqttLink.open(access, session, null, PATIENCE, inbox)) {
          for (String topic : topics) {
            link.subscribe(topic);
          }
          for (String topic : dispensable) {
            trySubscribe(link, topic);
          }
          backoff.reset();
          current = link;
          subscribed.countDown();
          while (link.connected() && !closing) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
          }
          if (!closing) {
            link.ending().ifPresent(this::warn);
          }
        } catch (PublishException e) {
          warn(e);
        } finally {
          current = null;
        }
        if (!closing) {
          TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }
}
