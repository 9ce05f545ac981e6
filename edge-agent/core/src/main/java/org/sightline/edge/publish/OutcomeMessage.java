package org.sightline.edge.publish;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Outcome;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a control room found an alert to be, as it sends it to the van: signed by the control room's
 * key, described by docs/contract/outcome.v1.schema.json.
 *
 * @param by officer who judged
 * @param confirmedBy another officer who agreed; null where one is enough
 * @param at by the control room's clock
 */
public record OutcomeMessage(
    UUID alert, Outcome outcome, Actor by, @Nullable Actor confirmedBy, Instant at) {
  /** What is signed with the message, so that no other message passes for one. */
  public static final String TYPE = "vnd.sightline.outcome.v1+json";

  /** The media type of the signed message. */
  public static final String MEDIA_TYPE = "application/jose";

  /** No message is longer. */
  public static final int MAX_SIZE_BYTES = 4096;

  private static final Set<String> NAMES = Set.of("alert", "outcome", "by", "confirmedBy", "at");

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  public OutcomeMessage {
    if (by.equals(confirmedBy)) {
      throw new IllegalArgumentException("an outcome is confirmed by another officer");
    }
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
    return keys.sign(TYPE, JSON.writeValueAsBytes(content));
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
      Collection<String> names = node.propertyNames();
      if (!names.stream().allMatch(OutcomeMessage::isKnownOrMayBeIgnored)) {
        return Optional.empty();
      }
      return Optional.of(
          new OutcomeMessage(
              UUID.fromString(text(node, "alert")),
              Outcome.of(text(node, "outcome")),
              Actor.officer(text(node, "by")),
              node.has("confirmedBy") ? Actor.officer(text(node, "confirmedBy")) : null,
              Instant.parse(text(node, "at"))));
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static boolean isKnownOrMayBeIgnored(String name) {
    return NAMES.contains(name) || name.startsWith(CanonicalJson.MAY_BE_IGNORED);
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.required(name);
    if (!value.isString()) {
      throw new IllegalArgumentException(name + " is a text");
    }
    return value.stringValue();
  }
}
