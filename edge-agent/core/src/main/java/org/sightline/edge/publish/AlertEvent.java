package org.sightline.edge.publish;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.MatchStrength;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.ShownText;
import org.sightline.edge.domain.Whereabouts;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An alert as receivers get it: a CloudEvents 1.0 event in structured JSON, described by
 * docs/contract/alert.v1.schema.json. It holds nothing about the way the alert came about: no
 * number of a pass or a track. What is about the subject is sealed as it goes out, where the
 * authorisation names a control room. The device signs the whole as it goes out, see {@link
 * org.sightline.edge.crypto.SignedMessage}.
 */
public final class AlertEvent {
  /** The CloudEvents type. */
  public static final String TYPE = "org.sightline.alert.v1";

  /** The media type of the encoded event. */
  public static final String MEDIA_TYPE = "application/cloudevents+json";

  /** What the device signs with an alert, so that no other message passes for one. */
  public static final String SIGNED_TYPE = "vnd.sightline.alert.v1+json";

  /** What every alert says, because a person decides. */
  public static final String STATEMENT = "possible match";

  private static final JsonMapper JSON = new JsonMapper();

  private AlertEvent() {}

  /**
   * The event as UTF-8 JSON, as it waits: complete but for what {@link #published} puts in.
   *
   * @param head of the audit log, which already records this alert
   * @param deploymentClass whether it is an alert of an exercise
   */
  public static byte[] encode(
      Alert alert, AuditHead head, AlertTerms terms, DeploymentClass deploymentClass) {
    Alert.Origin origin = alert.origin();
    Alert.Comparison comparison = alert.comparison();
    Alert.Times times = alert.times();
    ObjectNode event = JSON.createObjectNode();
    event.put("specversion", "1.0");
    event.put("id", alert.id().toString());
    event.put("source", "urn:sightline:van:" + origin.van());
    event.put("type", TYPE);
    event.put("time", times.decided().toString());
    event.put("datacontenttype", "application/json");
    ObjectNode data = event.putObject("data");
    data.put("statement", STATEMENT);
    data.put("deployment", origin.deployment().value());
    data.put("deploymentClass", deploymentClass.word());
    data.put("van", origin.van().value());
    data.put("camera", origin.camera().value());
    data.put("place", ShownText.PLACE.fitted(origin.place().value()));
    data.put("similarity", comparison.similarity().cosine());
    data.putObject("similarityScale").put("measure", "cosine").put("from", -1).put("to", 1);
    data.put("threshold", comparison.threshold().cosine());
    MatchStrength strength = comparison.strength();
    if (strength != null) {
      data.putObject("strength")
          .put("falseAlertsPer1000Faces", strength.falseAlertsPerThousandFaces())
          .put("upper95", strength.upper95())
          .put("extrapolated", strength.extrapolated())
          .put("population", ShownText.POPULATION.fitted(strength.population()));
    }
    if (alert.presentationCheck() != null) {
      putCheck(data.putObject("presentationAttack"), alert.presentationCheck());
    }
    data.put("galleryEntries", comparison.galleryEntries());
    data.put("modelPack", ShownText.MODEL_PACK.fitted(comparison.modelPack()));
    data.put("capturedAt", times.captured().toString());
    data.put("decidedAt", times.decided().toString());
    data.put("staleAt", times.captured().plus(terms.staleAfter()).toString());
    data.put("expiresAt", times.decided().plus(terms.retention()).toString());
    data.put("outcome", "open");
    terms
        .outcomeRule(alert.match().twoOfficers())
        .ifPresent(rule -> data.put("outcomeRule", rule.word()));
    terms
        .groups()
        .ifPresent(
            groups -> {
              ArrayNode each = data.putArray("groups");
              groups.forEach(
                  group -> each.addObject().put("code", group.code()).put("label", group.label()));
            });
    data.put("auditHead", head.toString());
    terms
        .controlRoom()
        .ifPresentOrElse(
            controlRoom -> SealedPart.put(data, controlRoom, toSeal(alert)),
            () -> putMatch(data, alert.match()));
    return JSON.writeValueAsBytes(event);
  }

  private static void putCheck(ObjectNode node, PresentationCheck check) {
    node.put("suspected", check.suspected())
        .put("bonaFideScore", check.bonaFideScore())
        .put("suspectedBelow", check.suspectedBelow())
        .put("modelPack", ShownText.MODEL_PACK.fitted(check.modelPack()));
  }

  /** It contains the id, so that what was sealed for one alert cannot be shown as another. */
  private static ObjectNode toSeal(Alert alert) {
    ObjectNode content = JSON.createObjectNode().put("alert", alert.id().toString());
    putMatch(content, alert.match());
    return content;
  }

  private static void putMatch(ObjectNode node, Alert.Match match) {
    node.put("subject", match.subject().value());
    node.put("category", ShownText.CATEGORY.fitted(match.category()));
    if (match.response() != null) {
      putResponse(node.putObject("response"), match.response());
    }
    picture(node.putObject("probe"), match.probe());
    if (match.portrait() != null) {
      picture(node.putObject("portrait"), match.portrait());
    }
    if (!match.moreViews().isEmpty()) {
      ArrayNode views = node.putArray("moreViews");
      match.moreViews().forEach(view -> picture(views.addObject(), view));
    }
    Whereabouts whereabouts = match.whereabouts();
    if (whereabouts != null && whereabouts.figure() != null) {
      picture(node.putObject("figure"), new FacePicture(whereabouts.figure(), null));
    }
    if (whereabouts != null && whereabouts.walking() != null) {
      node.put("walking", whereabouts.walking().word());
    }
  }

  private static void putResponse(ObjectNode node, Response response) {
    node.put("colour", response.colour().word())
        .put("urgency", response.urgency())
        .put("instruction", response.instruction());
    if (response.contact() != null) {
      node.put("contact", response.contact());
    }
    node.put("sound", response.sound().word()).put("confirmation", response.confirmation());
  }

  private static void picture(ObjectNode node, FacePicture picture) {
    node.put("mediaType", "image/jpeg");
    node.put("base64", picture.jpeg().bytes());
    FaceView view = picture.view();
    if (view != null) {
      ObjectNode face = node.putObject("face");
      point(face.putObject("rightEye"), view.rightEye());
      point(face.putObject("leftEye"), view.leftEye());
      face.put("sharpness", view.sharpness());
    }
  }

  private static void point(ObjectNode node, PointPx point) {
    node.put("x", point.x()).put("y", point.y());
  }

  /**
   * An event with its match in clear, in the place of what was sealed in it.
   *
   * @param event of an alert
   */
  public static byte[] inClear(byte[] event, Alert.Match match) {
    ObjectNode whole = (ObjectNode) JSON.readTree(event);
    ObjectNode data = (ObjectNode) whole.required("data");
    data.remove(List.of("sealed", "portrait", "moreViews", "figure", "walking"));
    putMatch(data, match);
    return JSON.writeValueAsBytes(whole);
  }

  /**
   * The event as it goes out now: sealed, with the time of publishing, and whether it is stale. All
   * three differ when an event is published again.
   *
   * @param event from {@link #encode}
   * @param recipients for which it is sealed, if it is to be
   * @return empty if it is for a control room alone and none may have it
   */
  public static Optional<byte[]> published(byte[] event, Instant now, Recipients recipients) {
    ObjectNode whole = (ObjectNode) JSON.readTree(event);
    ObjectNode data = (ObjectNode) whole.required("data");
    if (!SealedPart.seal(data, recipients)) {
      return Optional.empty();
    }
    data.put("publishedAt", now.toString());
    data.put("stale", !now.isBefore(Instant.parse(data.required("staleAt").stringValue())));
    return Optional.of(JSON.writeValueAsBytes(whole));
  }
}
