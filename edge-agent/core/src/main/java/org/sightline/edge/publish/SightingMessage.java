package org.sightline.edge.publish;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Walking;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * How a van says that the person of an alert is in view, or is so no longer; described by
 * docs/contract/sighting.v1.schema.json. Sealed where its alert is.
 *
 * @param sighting what is said
 * @param published by the van's clock
 */
public record SightingMessage(AlertSighting sighting, Instant published) {
  /** What the device signs with a sighting, so that no other message passes for one. */
  public static final String SIGNED_TYPE = "vnd.sightline.sighting.v1+json";

  /** No message is longer. */
  public static final int MAX_SIZE_BYTES = 2048;

  /** That somebody is in view is of no use later. */
  private static final Duration IN_VIEW_EXPIRY = Duration.ofSeconds(10);

  /** When somebody was last in view is of use as long as anybody may be approached. */
  private static final Duration GONE_EXPIRY = Duration.ofMinutes(15);

  private static final JsonMapper JSON = new JsonMapper();

  /** How long the message of a sighting is of use. */
  public static Duration expiry(boolean inView) {
    return inView ? IN_VIEW_EXPIRY : GONE_EXPIRY;
  }

  /**
   * What a van says, without its name and the time of publishing.
   *
   * @param recipient for whom its alert is sealed; empty if that is in clear
   */
  public static byte[] encode(AlertSighting sighting, Optional<ControlRoomIdentity> recipient) {
    ObjectNode content =
        JSON.createObjectNode()
            .put("alert", sighting.alert().toString())
            .put("lastSeenAt", sighting.at().toString())
            .put("inView", sighting.inView());
    if (sighting.walking() != null) {
      content.put("walking", sighting.walking().word());
    }
    if (recipient.isEmpty()) {
      return JSON.writeValueAsBytes(content);
    }
    return JSON.writeValueAsBytes(
        JSON.createObjectNode()
            .put("alert", sighting.alert().toString())
            .put("sealed", recipient.get().seal(JSON.writeValueAsBytes(content))));
  }

  /**
   * The message as it goes out now, not yet signed.
   *
   * @param content from {@link #encode}
   */
  public static byte[] published(VanId van, byte[] content, Instant now) {
    ObjectNode message = JSON.createObjectNode().put("van", van.value());
    message.setAll((ObjectNode) JSON.readTree(content));
    return JSON.writeValueAsBytes(message.put("publishedAt", now.toString()));
  }

  /**
   * The sighting in a message of a van's sightings topic; empty if it is none of that van, or one
   * that these keys do not open.
   *
   * @param keys null where nothing sealed is read
   */
  public static Optional<SightingMessage> read(
      VanId van, byte[] message, @Nullable ControlRoomKeys keys) {
    try {
      JsonNode node = JSON.readTree(message);
      if (!node.required("van").stringValue().equals(van.value())) {
        return Optional.empty();
      }
      JsonNode content = node;
      if (node.has("sealed")) {
        if (keys == null) {
          return Optional.empty();
        }
        content = JSON.readTree(keys.open(node.required("sealed").stringValue()));
        if (!content.required("alert").equals(node.required("alert"))) {
          return Optional.empty();
        }
      }
      JsonNode walking = content.get("walking");
      return Optional.of(
          new SightingMessage(
              new AlertSighting(
                  UUID.fromString(content.required("alert").stringValue()),
                  Instant.parse(content.required("lastSeenAt").stringValue()),
                  content.required("inView").booleanValue(),
                  walking == null ? null : Walking.of(walking.stringValue())),
              Instant.parse(node.required("publishedAt").stringValue())));
    } catch (JacksonException
        | IllegalArgumentException
        | DateTimeParseException
        | CryptoException e) {
      // Its message may quote what was sealed.
      return Optional.empty();
    }
  }
}
