package org.sightline.edge.publish;

import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Jpeg;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * An alert as receivers get it: a CloudEvents 1.0 event in structured JSON, described by
 * docs/contract/alert.v1.schema.json. It holds nothing about the way the alert came about: no
 * number of a pass or a track.
 */
public final class AlertEvent {
  /** The CloudEvents type. */
  public static final String TYPE = "org.sightline.alert.v1";

  /** The media type of the encoded event. */
  public static final String MEDIA_TYPE = "application/cloudevents+json";

  /** What every alert says, because a person decides. */
  public static final String STATEMENT = "possible match";

  private static final JsonMapper JSON = new JsonMapper();

  private AlertEvent() {}

  /**
   * The event as UTF-8 JSON.
   *
   * @param head of the audit log, which already tells of this alert
   */
  public static byte[] encode(Alert alert, AuditHead head) {
    ObjectNode event = JSON.createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", alert.id().toString());
    event.put("source", "urn:sightline:van:" + alert.van());
    event.put("type", TYPE);
    event.put("time", alert.decidedAt().toString());
    event.put("datacontenttype", "application/json");
    ObjectNode data = event.putObject("data");
    data.put("statement", STATEMENT);
    data.put("deployment", alert.deployment().value());
    data.put("van", alert.van().value());
    data.put("camera", alert.camera().value());
    data.put("place", alert.place());
    data.put("subject", alert.subject().value());
    data.put("category", alert.category());
    data.put("similarity", alert.similarity().cosine());
    data.putObject("similarityScale").put("measure", "cosine").put("from", -1).put("to", 1);
    data.put("threshold", alert.threshold().cosine());
    data.put("galleryEntries", alert.galleryEntries());
    data.put("modelPack", alert.modelPack());
    data.put("capturedAt", alert.capturedAt().toString());
    data.put("decidedAt", alert.decidedAt().toString());
    data.put("outcome", "open");
    data.put("auditHead", head.toString());
    picture(data.putObject("probe"), alert.probe());
    if (alert.portrait() != null) {
      picture(data.putObject("portrait"), alert.portrait());
    }
    return JSON.writeValueAsBytes(event);
  }

  private static void picture(ObjectNode node, Jpeg jpeg) {
    node.put("mediaType", "image/jpeg");
    node.put("base64", jpeg.bytes());
  }
}
