package org.sightline.edge.publish;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.VanId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A test alert: goes the way of an alert, sealed and signed as one, and is about nobody. A
 * CloudEvents 1.0 event of a type of its own, described by docs/contract/test-alert.v1.schema.json,
 * so that nobody takes it for an alert.
 */
public final class TestAlertEvent {
  /** The CloudEvents type. */
  public static final String TYPE = "org.sightline.test-alert.v1";

  /** What the device signs with it, so that neither passes for the other. */
  public static final String SIGNED_TYPE = "vnd.sightline.test-alert.v1+json";

  /** What it says. */
  public static final String STATEMENT = "test, about nobody";

  private static final JsonMapper JSON = new JsonMapper();

  private TestAlertEvent() {}

  /**
   * The event as UTF-8 JSON, as it waits: complete but for what {@link AlertEvent#published} puts
   * in.
   *
   * @param request that it answers
   * @param head of the audit log, which already records it
   * @param now by the van's clock
   * @param expires when nobody keeps it any more
   * @param picture that was drawn
   * @param controlRoom that the authorisation names
   */
  public static byte[] encode(
      TestRequest request,
      DeploymentId deployment,
      AuditHead head,
      Instant now,
      Instant expires,
      Jpeg picture,
      ControlRoomIdentity controlRoom) {
    ObjectNode event = JSON.createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", request.id().toString());
    event.put("source", "urn:sightline:van:" + request.van());
    event.put("type", TYPE);
    event.put("time", now.toString());
    event.put("datacontenttype", "application/json");
    ObjectNode data =
        event
            .putObject("data")
            .put("statement", STATEMENT)
            .put("deployment", deployment.value())
            .put("van", request.van().value())
            .put("staleAt", expires.toString())
            .put("expiresAt", expires.toString())
            .put("auditHead", head.toString());
    SealedPart.put(data, controlRoom, toSeal(request.id(), picture));
    return JSON.writeValueAsBytes(event);
  }

  private static ObjectNode toSeal(UUID id, Jpeg picture) {
    ObjectNode content = JSON.createObjectNode().put("alert", id.toString()).put("test", true);
    content.putObject("picture").put("mediaType", "image/jpeg").put("base64", picture.bytes());
    return content;
  }

  /** Whether an event is a test alert. */
  public static boolean isOne(byte[] event) {
    try {
      return TYPE.equals(JSON.readTree(event).path("type").asString(""));
    } catch (JacksonException e) {
      return false;
    }
  }

  /** Whether a test alert is sealed for another control room than that of the keys. */
  static boolean isForAnother(byte[] content, ControlRoomKeys keys) {
    try {
      return keys.isForAnother(
          JSON.readTree(content).required("data").required("sealed").stringValue());
    } catch (JacksonException e) {
      return false;
    }
  }

  /**
   * The id of a test alert of a van.
   *
   * @param content that the van's device has signed as one
   * @param keys that open what is sealed in it
   * @return empty if it is not that van's, or cannot be opened
   */
  static Optional<UUID> read(VanId van, byte[] content, ControlRoomKeys keys) {
    try {
      JsonNode event = JSON.readTree(content);
      JsonNode data = event.required("data");
      UUID id = UUID.fromString(event.required("id").stringValue());
      JsonNode sealed = JSON.readTree(keys.open(data.required("sealed").stringValue()));
      boolean theirs =
          event.required("type").stringValue().equals(TYPE)
              && data.required("van").stringValue().equals(van.value())
              && sealed.required("alert").stringValue().equals(id.toString());
      return theirs ? Optional.of(id) : Optional.empty();
    } catch (JacksonException | IllegalArgumentException | CryptoException e) {
      return Optional.empty();
    }
  }
}
