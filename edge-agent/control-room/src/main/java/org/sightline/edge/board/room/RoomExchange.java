package org.sightline.edge.board.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.publish.RoomTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the boards of one control room say to each other. A message is signed by the control room's
 * key and sealed for it, so that nobody else on the broker reads or makes one; it is of use for a
 * minute and once: each of a board is later than the last. What has to outlast a minute is said
 * again for as long as it is so. Thread-safe.
 *
 * <pre>
 *   JWE (for the control room) of
 *     JWS (by the control room; its type is the topic's) of
 *       {"board": 32 hexadecimal digits, "at": when it was said, "proposal" | "presence" | "desk" |
 *                            "escalation" | "taking": {…}}
 * </pre>
 */
public final class RoomExchange {
  private static final Logger LOG = LoggerFactory.getLogger(RoomExchange.class);

  /** For how long a message is of use, and by how much the clocks of boards may differ. */
  public static final Duration FRESH = Duration.ofMinutes(1);

  /** More that waits is no officers who work, and the oldest goes. */
  private static final int MOST_UNSENT = 1000;

  /** More are no control room. */
  private static final int MOST_SENDERS = 128;

  private static final JsonMapper JSON = new JsonMapper();

  private final ControlRoomKeys keys;
  private final String board;
  private final Clock clock;
  private final Map<About, Exchanged> unsent = new LinkedHashMap<>();
  private final Map<Sender, Instant> lastHeard = new HashMap<>();
  private Instant lastSaid = Instant.MIN;
  private long late;

  /** What replaces what was said before and waits still. */
  private record About(RoomTopic topic, Object what) {}

  /** A board on one topic: between topics the broker keeps no order. */
  private record Sender(RoomTopic topic, String board) {}

  /** A message for the broker. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  public record Message(RoomTopic topic, byte[] content) {}

  private record Envelope(
      String board,
      Instant at,
      Exchanged.@Nullable Proposal proposal,
      Exchanged.@Nullable Presence presence,
      @JsonInclude(Include.NON_NULL) Exchanged.@Nullable DeskHere desk,
      @JsonInclude(Include.NON_NULL) Exchanged.@Nullable Escalation escalation,
      @JsonInclude(Include.NON_NULL) Exchanged.@Nullable Taking taking) {
    Envelope {
      Objects.requireNonNull(board);
      Objects.requireNonNull(at);
      if (all(proposal, presence, desk, escalation, taking).count() != 1) {
        throw new IllegalArgumentException("a message says one thing");
      }
    }

    static Envelope of(String board, Instant at, Exchanged said) {
      return new Envelope(
          board,
          at,
          said instanceof Exchanged.Proposal proposal ? proposal : null,
          said instanceof Exchanged.Presence presence ? presence : null,
          said instanceof Exchanged.DeskHere desk ? desk : null,
          said instanceof Exchanged.Escalation escalation ? escalation : null,
          said instanceof Exchanged.Taking taking ? taking : null);
    }

    private static Stream<Exchanged> all(@Nullable Exchanged... some) {
      return Stream.of(some).filter(Objects::nonNull);
    }

    Exchanged said() {
      return all(proposal, presence, desk, escalation, taking).findFirst().orElseThrow();
    }
  }

  /**
   * @param board a name of this board that no other has
   * @param clock that never goes back
   */
  public RoomExchange(ControlRoomKeys keys, String board, Clock clock) {
    this.keys = keys;
    this.board = board;
    this.clock = clock;
  }

  /** Says something to the other boards, as soon as the broker is there. */
  public synchronized void say(Exchanged said) {
    About about = new About(said.topic(), said.about());
    unsent.remove(about);
    if (unsent.size() >= MOST_UNSENT) {
      unsent.remove(unsent.keySet().iterator().next());
    }
    unsent.put(about, said);
  }

  /** The messages that are to be published now, each once. */
  public synchronized List<Message> unsent() {
    List<Message> messages = new ArrayList<>();
    for (Exchanged said : unsent.values()) {
      messages.add(new Message(said.topic(), sealed(said)));
    }
    unsent.clear();
    return messages;
  }

  private byte[] sealed(Exchanged said) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    lastSaid = now.isAfter(lastSaid) ? now : lastSaid.plus(1, ChronoUnit.MICROS);
    byte[] content = JSON.writeValueAsBytes(Envelope.of(board, lastSaid, said));
    byte[] signed = keys.sign(said.topic().type(), content);
    return keys.identity().seal(signed).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Takes a message of the broker.
   *
   * @param taker is called with what another board has said, if that is new
   * @return whether the message was what it should be
   */
  boolean heard(RoomTopic topic, byte[] message, Consumer<Exchanged> taker) {
    Optional<Envelope> read = read(topic, message);
    if (read.isEmpty()) {
      return false;
    }
    Envelope envelope = read.get();
    if (envelope.board().equals(board)) {
      return true;
    }
    if (!isNew(topic, envelope)) {
      return false;
    }
    taker.accept(envelope.said());
    return true;
  }

  private Optional<Envelope> read(RoomTopic topic, byte[] message) {
    try {
      byte[] signed = keys.open(new String(message, StandardCharsets.US_ASCII));
      return keys.identity()
          .verified(topic.type(), signed)
          .map(content -> JSON.readValue(content, Envelope.class))
          .filter(envelope -> envelope.said().topic() == topic);
    } catch (CryptoException | JacksonException e) {
      return Optional.empty();
    }
  }

  private synchronized boolean isNew(RoomTopic topic, Envelope envelope) {
    Duration age = Duration.between(envelope.at(), clock.instant());
    if (age.abs().compareTo(FRESH) > 0) {
      late++;
      if (Long.bitCount(late) == 1) {
        LOG.warn(
            "{} messages of other boards so far were too old or of the future, the last by {} s;"
                + " have a time server set the clocks of all boards",
            late,
            age.toSeconds());
      }
      return false;
    }
    Sender sender = new Sender(topic, envelope.board());
    Instant before = lastHeard.get(sender);
    if (before == null ? lastHeard.size() >= MOST_SENDERS : !envelope.at().isAfter(before)) {
      return false;
    }
    lastHeard.put(sender, envelope.at());
    return true;
  }
}
