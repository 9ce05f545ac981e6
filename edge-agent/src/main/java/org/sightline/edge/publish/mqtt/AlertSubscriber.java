package org.sightline.edge.publish.mqtt;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Backoff;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.ReceivedAlert;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives alerts as a control room does: each id once, whatever the broker repeats; connects again
 * by itself. Thread-safe.
 */
public final class AlertSubscriber implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlertSubscriber.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** Repetitions follow at once or after an outage; so many alerts never fall in between. */
  private static final int REMEMBERED_IDS = 100_000;

  private final BrokerAccess access;
  private final @Nullable VanId van;
  private final Consumer<ReceivedAlert> receiver;
  private final Thread thread = new Thread(this::run, "alert-subscriber");
  private final CountDownLatch subscribed = new CountDownLatch(1);
  private final AtomicLong repetitions = new AtomicLong();
  private final AtomicLong unreadable = new AtomicLong();
  private final Map<UUID, Boolean> seen =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<UUID, Boolean> eldest) {
          return size() > REMEMBERED_IDS;
        }
      };
  private volatile boolean connected;
  private volatile boolean closing;

  private AlertSubscriber(
      BrokerAccess access, @Nullable VanId van, Consumer<ReceivedAlert> receiver) {
    this.access = access;
    this.van = van;
    this.receiver = receiver;
    thread.setDaemon(true);
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
    AlertSubscriber subscriber = new AlertSubscriber(new BrokerAccess(settings), van, receiver);
    subscriber.thread.start();
    return subscriber;
  }

  /**
   * Waits for the first subscription.
   *
   * @return whether it came about in time
   */
  public boolean awaitSubscribed(Duration timeout) throws InterruptedException {
    return subscribed.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Whether it is subscribed now. */
  public boolean connected() {
    return connected;
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

  private void run() {
    Backoff backoff = new Backoff(ThreadLocalRandom.current());
    try {
      while (!closing) {
        try (MqttLink link = link()) {
          link.subscribe(Topics.alerts(van));
          backoff.reset();
          connected = true;
          subscribed.countDown();
          while (link.connected() && !closing) {
            TimeUnit.NANOSECONDS.sleep(LOOK.toNanos());
          }
        } catch (PublishException e) {
          LOG.info("No alerts: {}", e.getMessage());
        } finally {
          connected = false;
        }
        if (!closing) {
          TimeUnit.NANOSECONDS.sleep(backoff.next().toNanos());
        }
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private MqttLink link() throws PublishException {
    return MqttLink.open(
        access,
        MqttLink.Session.clean("sightline-receiver-" + UUID.randomUUID()),
        null,
        PATIENCE,
        (topic, payload) -> receive(payload));
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
  }
}
