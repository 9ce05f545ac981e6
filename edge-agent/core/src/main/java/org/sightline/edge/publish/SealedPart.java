package org.sightline.edge.publish;

import java.util.Optional;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomIdentity;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What of an event is for a control room alone. It is sealed as it goes out, for the room that
 * holds then; while it waits it stands beside the room that the authorisation names, in what is
 * sealed for the device.
 */
final class SealedPart {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String SEALED = "sealed";
  private static final String TO_SEAL = "toSeal";
  private static final String FOR = "for";
  private static final String CONTENT = "content";

  private SealedPart() {}

  /** Has content sealed when the event goes out. */
  static void put(ObjectNode data, ControlRoomIdentity authorised, ObjectNode content) {
    ObjectNode part = data.putObject(TO_SEAL);
    part.set(FOR, JSON.readTree(CanonicalJson.write(authorised)));
    part.set(CONTENT, content);
  }

  /**
   * Seals what is to be sealed.
   *
   * @return whether the event may go out: it has nothing for a control room alone, or one that may
   *     have it
   */
  static boolean seal(ObjectNode data, Recipients recipients) {
    JsonNode part = data.remove(TO_SEAL);
    if (part == null) {
      return !data.has(SEALED)
          || ControlRoomIdentity.recipientOf(data.required(SEALED).stringValue())
              .filter(recipients::mayHave)
              .isPresent();
    }
    Optional<ControlRoomIdentity> room =
        CanonicalJson.read(JSON.writeValueAsBytes(part.required(FOR)), ControlRoomIdentity.class)
            .flatMap(recipients::of);
    room.ifPresent(
        each -> data.put(SEALED, each.seal(JSON.writeValueAsBytes(part.required(CONTENT)))));
    return room.isPresent();
  }
}
