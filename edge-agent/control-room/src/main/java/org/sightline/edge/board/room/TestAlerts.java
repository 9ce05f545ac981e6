package org.sightline.edge.board.room;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Test alerts under way: signed, sent, heard or given up. Thread-safe. */
public final class TestAlerts {
  private static final Logger LOG = LoggerFactory.getLogger(TestAlerts.class);

  /** What is signed with the message, so that no other message passes for one. */
  private static final String TYPE = "vnd.sightline.board-test.v1+json";

  /** After which one that has not come back is a failure. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** More under way at once are no officers who try their desks. */
  private static final int MOST = 32;

  private final ControlRoomKeys keys;
  private final Clock clock;
  private final RoomListener listener;
  private final Map<UUID, Asked> underWay = new LinkedHashMap<>();
  private final Deque<UUID> unsent = new ArrayDeque<>();

  private record Asked(Actor by, Instant at) {}

  /**
   * @param clock that never goes back
   */
  public TestAlerts(ControlRoomKeys keys, Clock clock, RoomListener listener) {
    this.keys = keys;
    this.clock = clock;
    this.listener = listener;
  }

  /** An officer asks for one; empty if too many are under way. */
  public synchronized Optional<UUID> ask(Actor by) {
    if (underWay.size() >= MOST) {
      return Optional.empty();
    }
    UUID id = UUID.randomUUID();
    underWay.put(id, new Asked(by, clock.instant()));
    unsent.add(id);
    return Optional.of(id);
  }

  /** The messages that are to be published now, each once. */
  public synchronized List<byte[]> unsent() {
    List<byte[]> messages = new ArrayList<>();
    for (UUID id = unsent.poll(); id != null; id = unsent.poll()) {
      messages.add(keys.sign(TYPE, id.toString().getBytes(StandardCharsets.US_ASCII)));
    }
    return messages;
  }

  /** Whether a message that has arrived is one of them. */
  synchronized boolean heard(byte[] message) {
    Optional<UUID> id =
        keys.identity()
            .verified(TYPE, message)
            .map(content -> UUID.fromString(new String(content, StandardCharsets.US_ASCII)));
    id.ifPresent(test -> end(test, true));
    return id.isPresent();
  }

  /** Gives up those that do not come back. */
  synchronized void tick() {
    Instant now = clock.instant();
    List<UUID> late =
        underWay.entrySet().stream()
            .filter(entry -> !now.isBefore(entry.getValue().at().plus(PATIENCE)))
            .map(Map.Entry::getKey)
            .toList();
    late.forEach(id -> end(id, false));
  }

  private void end(UUID id, boolean heard) {
    Asked asked = underWay.remove(id);
    if (asked == null) {
      return; // Given up, or of before a restart.
    }
    unsent.remove(id);
    Duration took = Duration.between(asked.at(), clock.instant());
    if (heard) {
      LOG.info(
          "The test alert of officer {} came back after {} ms",
          asked.by().reference(),
          took.toMillis());
    } else {
      LOG.warn(
          "The test alert of officer {} has not come back; see that the broker runs and lets the"
              + " board publish and read its tests topic",
          asked.by().reference());
    }
    listener.tested(new TestAlert(id, asked.by(), heard, took));
  }
}
