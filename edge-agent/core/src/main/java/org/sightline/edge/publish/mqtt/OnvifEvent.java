package org.sightline.edge.publish.mqtt;

import java.util.Optional;
import org.sightline.edge.domain.CameraId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An alert in the words of ONVIF's event RuleEngine/Recognition/Face, for systems that know nothing
 * else; described by docs/contract/onvif-face.schema.json. It holds no picture.
 */
record OnvifEvent(CameraId camera, String json) {
  /** The rule that video systems show beside the event. */
  private static final String RULE = "sightline";

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Translates an alert event; empty if its subject is sealed, and therefore nobody's to read.
   *
   * @param event as {@link org.sightline.edge.publish.AlertEvent} encodes it
   */
  static Optional<OnvifEvent> of(byte[] event) {
    JsonNode whole = JSON.readTree(event);
    JsonNode alert = whole.required("data");
    if (!alert.has("subject")) {
      return Optional.empty();
    }
    CameraId camera = new CameraId(alert.required("camera").stringValue());
    ObjectNode message = JSON.createObjectNode();
    message.put("UtcTime", alert.required("capturedAt").stringValue());
    message.putObject("Source").put("VideoSource", camera.value()).put("Rule", RULE);
    message
        .putObject("Data")
        .put("EnrollmentID", alert.required("subject").stringValue())
        .put("Likelihood", alert.required("similarity").doubleValue())
        .put("AlertID", whole.required("id").stringValue());
    return Optional.of(new OnvifEvent(camera, message.toString()));
  }
}
