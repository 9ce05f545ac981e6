package org.sightline.edge.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.ReportedWaits;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a control room found an alert to be, as it sends it to the van: signed by the control room's
 * key, described by docs/contract/outcome.v1.schema.json.
 *
 * @param by officer who judged
 * @param confirmedBy another officer who agreed; null where one is enough, or a supervisor decided
 * @param at by the control room's clock
 * @param judgements what two officers found, each on their own, first to last; empty where one is
 *     enough
 * @param waits how long the alert waited at the board that sends it, as far as that is known
 */
public record OutcomeMessage(
    UUID alert,
    Outcome outcome,
    Actor by,
    @Nullable Actor confirmedBy,
    Instant at,
    List<Judged> judgements,
    ReportedWaits waits) {
  /** What is signed with the message, so that no other message passes for one. */
  public static final String TYPE = "vnd.sightline.outcome.v1+json";

  /** The media type of the signed message. */
  public static final String MEDIA_TYPE = "application/jose";

  /** No message is longer. */
  public static final int MAX_SIZE_BYTES = 4096;

  private static final Set<String> NAMES =
      Set.of("alert", "outcome", "by", "confirmedBy", "at", "judgements");

  /** A version that does not know it may pass over it. */
  private static final String WAITS = CanonicalJson.MAY_BE_IGNORED + "waits";

  /** What stands for a wait that is none. */
  private static final Duration NO_WAIT = Duration.ofMillis(-1);

  private static final Set<String> NAMES_OF_A_JUDGEMENT = Set.of("by", "outcome", "at");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * What one officer found.
   *
   * @param at by the clock of the officer's board
   */
  public record Judged(Actor by, Outcome outcome, Instant at) {}

  public OutcomeMessage {
    judgements = List.copyOf(judgements);
    if (by.equals(confirmedBy)) {
      throw new IllegalArgumentException("an outcome is confirmed by another officer");
    }
  }

  /** One of which nobody says who judged on their own. */
  public OutcomeMessage(
      UUID alert, Outcome outcome, Actor by, @Nullable Actor confirmedBy, Instant at) {
    this(alert, outcome, by, confirmedBy, at, List.of());
  }

  /** One of which nothing is said of how long the alert waited. */
  public OutcomeMessage(
      UUID alert,
      Outcome outcome,
      Actor by,
      @Nullable Actor confirmedBy,
      Instant at,
      List<Judged> judgements) {
    this(alert, outcome, by, confirmedBy, at, judgements, ReportedWaits.UNKNOWN);
  }

  /** The same with how long the alert waited. */
  public OutcomeMessage with(ReportedWaits reported) {
    return new OutcomeMessage(alert, outcome, by, confirmedBy, at, judgements, reported);
  }

  /**
   * Whether two different officers found this very outcome, or found different ones and a third
   * officer decided.
   */
  public boolean isOfTwoOfficers() {
    if (judgements.size() != 2) {
      return false;
    }
    Judged first = judgements.get(0);
    Judged second = judgements.get(1);
    if (first.by.equals(second.by) || first.at.isAfter(at) || second.at.isAfter(at)) {
      return false;
    }
    return first.outcome == second.outcome
        ? outcome == first.outcome && by.equals(first.by) && second.by.equals(confirmedBy)
        : confirmedBy == null && !by.equals(first.by) && !by.equals(second.by);
  }

  /** The message, in ASCII. */
  public byte[] sign(ControlRoomKeys keys) {
    ObjectNode content =
        JSON.createObjectNode()
            .put("alert", alert.toString())
            .put("outcome", outcome.word())
            .put("by", by.reference());
    if (confirmedBy != null) {
      content.put("confirmedBy", confirmedBy.reference());
    }
    content.put("at", at.toString());
    if (!judgements.isEmpty()) {
      ArrayNode each = content.putArray("judgements");
      judgements.forEach(
          judged ->
              each.addObject()
                  .put("by", judged.by.reference())
                  .put("outcome", judged.outcome.word())
                  .put("at", judged.at.toString()));
    }
    if (!waits.equals(ReportedWaits.UNKNOWN)) {
      ObjectNode each = content.putObject(WAITS);
      put(each, "seenMillis", waits.seen());
      put(each, "claimedMillis", waits.claimed());
    }
    return keys.sign(TYPE, JSON.writeValueAsBytes(content));
  }

  private static void put(ObjectNode node, String name, @Nullable Duration wait) {
    if (wait != null) {
      node.put(name, wait.toMillis());
    }
  }

  /**
   * The outcome in a message, if this control room signed it and it says nothing that this version
   * does not know, but may not pass over.
   */
  public static Optional<OutcomeMessage> read(byte[] message, ControlRoomIdentity controlRoom) {
    if (message.length > MAX_SIZE_BYTES) {
      return Optional.empty();
    }
    return controlRoom.verified(TYPE, message).flatMap(OutcomeMessage::parse);
  }

  private static Optional<OutcomeMessage> parse(byte[] content) {
    try {
      JsonNode node = JSON.readTree(content);
      requireKnown(node, NAMES);
      return Optional.of(
          new OutcomeMessage(
              UUID.fromString(text(node, "alert")),
              Outcome.of(text(node, "outcome")),
              Actor.officer(text(node, "by")),
              node.has("confirmedBy") ? Actor.officer(text(node, "confirmedBy")) : null,
              Instant.parse(text(node, "at")),
              judgements(node),
              waits(node.path(WAITS))));
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static List<Judged> judgements(JsonNode node) {
    List<Judged> judgements = new ArrayList<>();
    for (JsonNode each : node.path("judgements")) {
      requireKnown(each, NAMES_OF_A_JUDGEMENT);
      judgements.add(
          new Judged(
              Actor.officer(text(each, "by")),
              Outcome.of(text(each, "outcome")),
              Instant.parse(text(each, "at"))));
    }
    return judgements;
  }

  /** What may be passed over has no outcome refused: a wait that is none is stated as one. */
  private static ReportedWaits waits(JsonNode node) {
    return new ReportedWaits(wait(node, "seenMillis"), wait(node, "claimedMillis"));
  }

  private static @Nullable Duration wait(JsonNode node, String name) {
    JsonNode millis = node.path(name);
    if (millis.isMissingNode()) {
      return null;
    }
    return millis.isIntegralNumber() && millis.canConvertToLong()
        ? Duration.ofMillis(millis.longValue())
        : NO_WAIT;
  }

  private static void requireKnown(JsonNode node, Collection<String> known) {
    for (String name : node.propertyNames()) {
      if (!known.contains(name) && !name.startsWith(CanonicalJson.MAY_BE_IGNORED)) {
        throw new IllegalArgumentException("of a newer version");
      }
    }
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.required(name);
    if (!value.isString()) {
      throw new IllegalArgumentException(name + " is a text");
    }
    return value.stringValue();
  }
}
