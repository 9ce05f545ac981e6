package org.sightline.edge.board;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.board.room.ControlRoom.Unsent;
import org.sightline.edge.board.room.ControlRoom.UnsentEngagement;
import org.sightline.edge.board.room.RoomExchange;
import org.sightline.edge.concurrent.Backoff;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.BrokerRetries;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.publish.mqtt.ControlRoomLink;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signs what was decided and sends it until the broker has taken it; sends test alerts, and what
 * this board says to others, too.
 */
public final class OutcomeSender implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutcomeSender.class);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** After how long a broker that refuses what is for a van is asked again. */
  private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

  private final ControlRoom room;
  private final ControlRoomKeys keys;
  private final ControlRoomLink link;
  private final Thread thread = Threads.daemon("outcomes", this::run);
  private final LineLimit lines = new LineLimit();

  /** When the broker refused what is for a van, by the system's nanosecond clock. */
  private final Map<VanId, Long> refused = new HashMap<>();

  private volatile boolean closing;

  private OutcomeSender(ControlRoom room, ControlRoomKeys keys, ControlRoomLink link) {
    this.room = room;
    this.keys = keys;
    this.link = link;
  }

  /** Starts sending. */
  public static OutcomeSender start(ControlRoom room, ControlRoomKeys keys, ControlRoomLink link) {
    OutcomeSender sender = new OutcomeSender(room, keys, link);
    sender.thread.start();
    return sender;
  }

  private void run() {
    Backoff backoff = BrokerRetries.backoff();
    try {
      while (!closing) {
        Duration pause = LOOK;
        if (link.connected()) {
          try {
            sendAll();
            backoff.reset();
          } catch (PublishException e) {
            LOG.warn("An outcome waits: {}", e.getMessage());
            pause = backoff.next();
          }
        }
        TimeUnit.NANOSECONDS.sleep(pause.toNanos());
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  private void sendAll() throws PublishException {
    for (Unsent unsent : room.unsent()) {
      if (closing) {
        return;
      }
      send(
          unsent.van(),
          () -> {
            OutcomeMessage outcome = unsent.message();
            link.publish(unsent.van(), outcome.alert(), outcome.sign(keys), unsent.expiry());
            room.sent(outcome.alert());
          });
    }
    for (UnsentEngagement unsent : room.unsentEngagements()) {
      send(
          unsent.van(),
          () -> {
            EngagementMessage engagement = unsent.message();
            link.publish(unsent.van(), engagement.alert(), engagement.sign(keys), unsent.expiry());
            room.sent(engagement);
          });
    }
    exchange();
    tests();
  }

  /** What the broker does not take for one van keeps nothing from the others. */
  private void send(VanId van, Sending sending) throws PublishException {
    Long before = refused.get(van);
    if (before != null && System.nanoTime() - before < ASK_AGAIN.toNanos()) {
      return;
    }
    try {
      sending.send();
      refused.remove(van);
    } catch (PublishException e) {
      if (e.kind() == ErrorKind.TEMPORARY) {
        throw e;
      }
      refused.put(van, System.nanoTime());
      lines.due("What is for " + van + " waits: " + e.getMessage()).ifPresent(LOG::warn);
    }
  }

  /**
   * What the broker does not take is shown as not sent; it keeps no outcome from its van, and no
   * other van from being asked.
   */
  private void tests() {
    for (byte[] test : room.tests().unsent()) {
      test(() -> link.publishTest(test));
    }
    for (TestRequest test : room.unsentTests()) {
      boolean answered =
          test(
              () -> {
                room.publishing(test);
                link.publish(test, test.sign(keys));
                room.sent(test);
              });
      if (!answered) {
        return; // Each of the others would wait as long.
      }
    }
  }

  private interface Sending {
    void send() throws PublishException;
  }

  /** Whether the broker has answered, if only that it refuses it. */
  private boolean test(Sending sending) {
    try {
      sending.send();
      return true;
    } catch (PublishException e) {
      lines.due("A test alert waits: " + e.getMessage()).ifPresent(LOG::warn);
      return e.kind() != ErrorKind.TEMPORARY;
    }
  }

  /** A broker that does not allow it keeps no outcome from its van. */
  private void exchange() {
    for (RoomExchange.Message message : room.exchange().unsent()) {
      try {
        link.publishToBoards(message.topic(), message.content(), RoomExchange.FRESH);
      } catch (PublishException e) {
        lines.due("Other boards do not hear this one: " + e.getMessage()).ifPresent(LOG::warn);
      }
    }
  }

  @Override
  public void close() {
    // The library swallows interrupts, so one alone does not end the thread.
    closing = true;
    thread.interrupt();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
