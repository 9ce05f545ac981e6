package org.sightline.edge.publish.mqtt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An alert in the words of ONVIF's event RuleEngine/Recognition/Face, for systems that know nothing
 * else; described by docs/contract/onvif-face.schema.json. It holds no picture.
 */
record OnvifEvent(CameraId camera, String json) {
  /** The rule, and the analytics that have it, which video systems show beside the event. */
  private static final String RULE = "sightline";

  private static final JsonMapper JSON = new JsonMapper();

  /**
   * Translates an alert event. Where its subject is sealed, the event names nobody: it says that
   * there is a possible match at a camera.
   *
   * @param event as {@link org.sightline.edge.publish.AlertEvent} encodes it
   * @param besideSealed the deployment whose alerts may be followed by one though they are sealed;
   *     null if there is none
   * @return empty if the alert may not be followed by one
   */
  static Optional<OnvifEvent> of(byte[] event, @Nullable DeploymentId besideSealed) {
    JsonNode whole = JSON.readTree(event);
    JsonNode alert = whole.required("data");
    if (!alert.has("subject")
        && (besideSealed == null
            || !alert.required("deployment").stringValue().equals(besideSealed.value()))) {
      return Optional.empty();
    }
    CameraId camera = new CameraId(alert.required("camera").stringValue());
    ObjectNode message = JSON.createObjectNode();
    message.put("UtcTime", alert.required("capturedAt").stringValue());
    message
        .putObject("Source")
        .put("VideoSource", camera.value())
        .put("AnalyticsConfiguration", RULE)
        .put("Rule", RULE);
    ObjectNode data = message.putObject("Data");
    if (alert.has("subject")) {
      data.put("EnrollmentID", alert.required("subject").stringValue());
    }
    data.put("Likelihood", alert.required("similarity").doubleValue())
        .put("AlertID", whole.required("id").stringValue());
    return Optional.of(new OnvifEvent(camera, message.toString()));
  }
}
