package org.sightline.edge.publish;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.VanId;

/**
 * By which a control room asks a van for a test alert: signed by the control room's key, published
 * on the van's outcomes topic, described by docs/contract/test-request.v1.schema.json.
 *
 * @param id of the test alert that answers it
 * @param van that is asked; no other answers
 * @param by officer who tries whether alerts arrive
 * @param expires by the clock of the van, which says in its status what time it has
 */
public record TestRequest(UUID id, VanId van, Actor by, Instant expires) {
  /** What is signed with the message, so that no other message passes for one. */
  public static final String TYPE = "vnd.sightline.test-request.v1+json";

  /** No request is of use for longer; a van refuses one that would be. */
  public static final Duration LONGEST = Duration.ofMinutes(1);

  /** What is signed, under these names. */
  private record Content(UUID id, String van, String by, Instant expires) {}

  /** The message, in ASCII. */
  public byte[] sign(ControlRoomKeys keys) {
    return keys.sign(
        TYPE, CanonicalJson.write(new Content(id, van.value(), by.reference(), expires)));
  }

  /**
   * The request in a message, if this control room signed it and it says nothing that this version
   * does not know, but may not pass over.
   */
  public static Optional<TestRequest> read(byte[] message, ControlRoomIdentity controlRoom) {
    if (message.length > OutcomeMessage.MAX_SIZE_BYTES) {
      return Optional.empty();
    }
    return controlRoom
        .verified(TYPE, message)
        .flatMap(content -> CanonicalJson.read(content, Content.class))
        .flatMap(TestRequest::of);
  }

  private static Optional<TestRequest> of(Content content) {
    try {
      return Optional.of(
          new TestRequest(
              content.id, new VanId(content.van), Actor.officer(content.by), content.expires));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
