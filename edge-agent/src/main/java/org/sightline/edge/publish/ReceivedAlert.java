package org.sightline.edge.publish;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.WatchlistEntry;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a receiver needs of an alert; the other side of {@link AlertEvent}.
 *
 * @param auditHead of the van's audit log when the alert was decided; whoever keeps it can tell
 *     later whether the log was altered since
 * @param portrait null if the van could not read it
 */
public record ReceivedAlert(
    UUID id,
    VanId van,
    CameraId camera,
    SubjectRef subject,
    String category,
    Similarity similarity,
    Similarity threshold,
    Instant capturedAt,
    Instant decidedAt,
    AuditHead auditHead,
    Jpeg probe,
    @Nullable Jpeg portrait) {
  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Reads a message of an alerts topic.
   *
   * @throws PublishException if it is not an alert of version 1
   */
  public static ReceivedAlert parse(byte[] message) throws PublishException {
    try {
      JsonNode event = JSON.readTree(message);
      if (!event.path("type").asString("").equals(AlertEvent.TYPE)) {
        throw unreadable(null);
      }
      JsonNode data = event.required("data");
      return new ReceivedAlert(
          UUID.fromString(event.required("id").stringValue()),
          new VanId(data.required("van").stringValue()),
          new CameraId(data.required("camera").stringValue()),
          new SubjectRef(data.required("subject").stringValue()),
          WatchlistEntry.requireCategory(data.required("category").stringValue()),
          new Similarity(data.required("similarity").doubleValue()),
          new Similarity(data.required("threshold").doubleValue()),
          Instant.parse(data.required("capturedAt").stringValue()),
          Instant.parse(data.required("decidedAt").stringValue()),
          AuditHead.parse(data.required("auditHead").stringValue()),
          picture(data.required("probe")),
          data.has("portrait") ? picture(data.required("portrait")) : null);
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
      throw unreadable(e);
    }
  }

  private static Jpeg picture(JsonNode node) {
    return new Jpeg(node.required("base64").binaryValue());
  }

  private static PublishException unreadable(@Nullable Exception cause) {
    return new PublishException(
        "a message is not an alert", AlertEvent.TYPE, "see who else publishes there", cause);
  }
}
