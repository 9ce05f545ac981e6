package org.sightline.edge.publish;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.Alert.Comparison;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.Alert.Origin;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.MatchStrength;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.ShownText;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Walking;
import org.sightline.edge.domain.Whereabouts;
import org.sightline.edge.publish.VanMessages.Reading;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a receiver needs of an alert; the other side of {@link AlertEvent}.
 *
 * @param comparison its strength is null if the van cannot determine it
 * @param provenance by what right it was raised, and what vouches for it
 * @param presentationCheck whether the probe may show a picture of a face; null if nothing looked
 * @param match who it may be; null while it is sealed
 * @param sealed what {@link #opened} opens; null if it came in clear
 */
public record ReceivedAlert(
    UUID id,
    Origin origin,
    Comparison comparison,
    Times times,
    Provenance provenance,
    @Nullable PresentationCheck presentationCheck,
    @Nullable Match match,
    @Nullable String sealed) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Jpeg NO_PICTURE = new Jpeg(new byte[0]);

  /**
   * By what right an alert was raised, and what vouches for it.
   *
   * @param auditHead of the van's audit log when the alert was decided; by keeping it one can
   *     detect later whether the log was altered since
   * @param exercise whether it says that it is of an exercise
   * @param twoOfficers whether its outcome needs two officers; so it is understood too if the van
   *     names a rule that is not known here
   * @param signed whether the van's device was found to have signed it
   * @param groups of which an officer may state one of somebody who was stopped; none if no group
   *     may be stated
   */
  public record Provenance(
      AuditHead auditHead,
      boolean exercise,
      boolean twoOfficers,
      boolean signed,
      List<StatedGroup> groups) {
    public Provenance {
      groups = List.copyOf(groups);
    }
  }

  /**
   * When it came about and how long it counts, all by the van's clock; what the receiver's clock
   * shows may differ.
   *
   * @param staleAt from when on it must not be acted upon any more
   * @param stale whether it was so when it was published
   * @param expires when nothing of it may be kept any longer
   */
  public record Times(
      Instant captured,
      Instant decided,
      Instant published,
      Instant staleAt,
      boolean stale,
      Instant expires) {}

  /**
   * Reads an alert and checks no signature; {@link VanMessages} checks that.
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
      if (!text(data, "statement").equals(AlertEvent.STATEMENT)) {
        throw unreadable(null);
      }
      boolean clear = !data.has("sealed");
      return new ReceivedAlert(
          UUID.fromString(text(event, "id")),
          origin(data),
          comparison(data),
          times(data),
          new Provenance(
              AuditHead.parse(text(data, "auditHead")),
              isExercise(data),
              data.has("outcomeRule"),
              false,
              groups(data)),
          data.has("presentationAttack") ? check(data.required("presentationAttack")) : null,
          clear ? match(data) : null,
          clear ? null : text(data, "sealed"));
    } catch (JacksonException | IllegalArgumentException | DateTimeParseException e) {
      throw unreadable(e);
    }
  }

  /** A van older than this does not say what it is of; it may be live. */
  private static boolean isExercise(JsonNode data) {
    return data.has("deploymentClass")
        && text(data, "deploymentClass").equals(DeploymentClass.EXERCISE.word());
  }

  private static Origin origin(JsonNode data) {
    return new Origin(
        new DeploymentId(text(data, "deployment")),
        new VanId(text(data, "van")),
        new CameraId(text(data, "camera")),
        new Place(shown(data, "place", ShownText.PLACE)));
  }

  private static Comparison comparison(JsonNode data) {
    return new Comparison(
        new Similarity(data.required("similarity").doubleValue()),
        new Similarity(data.required("threshold").doubleValue()),
        strength(data),
        entries(data.required("galleryEntries").intValue()),
        shown(data, "modelPack", ShownText.MODEL_PACK));
  }

  private static Times times(JsonNode data) {
    return new Times(
        instant(data, "capturedAt"),
        instant(data, "decidedAt"),
        instant(data, "publishedAt"),
        instant(data, "staleAt"),
        data.required("stale").booleanValue(),
        instant(data, "expiresAt"));
  }

  private static @Nullable MatchStrength strength(JsonNode data) {
    JsonNode strength = data.get("strength");
    return strength == null
        ? null
        : new MatchStrength(
            strength.required("falseAlertsPer1000Faces").doubleValue(),
            strength.required("upper95").doubleValue(),
            strength.required("extrapolated").booleanValue(),
            shown(strength, "population", ShownText.POPULATION));
  }

  /**
   * The alert with what was sealed in it; itself if nothing was.
   *
   * @throws CryptoException if it was sealed for another control room
   */
  public Reading<ReceivedAlert> opened(ControlRoomKeys keys) throws CryptoException {
    if (sealed == null) {
      return new Reading.Taken<>(this);
    }
    byte[] content = keys.open(sealed);
    try {
      JsonNode node = JSON.readTree(content);
      return text(node, "alert").equals(id.toString())
          ? new Reading.Taken<>(with(match(node)))
          : new Reading.Refused<>(MessageFault.SWAPPED);
    } catch (JacksonException | IllegalArgumentException e) {
      // Its message may quote what was sealed.
      return new Reading.Refused<>(MessageFault.UNREADABLE);
    }
  }

  /** The alert with empty pictures in place of those that it has. */
  public ReceivedAlert withoutPictures() {
    return match == null
        ? this
        : with(
            new Match(
                match.subject(),
                match.category(),
                withoutPicture(match.probe()),
                match.portrait() == null ? null : withoutPicture(match.portrait()),
                match.response(),
                match.whereabouts() == null ? null : withoutPicture(match.whereabouts()),
                match.moreViews().stream().map(ReceivedAlert::withoutPicture).toList()));
  }

  private static Whereabouts withoutPicture(Whereabouts whereabouts) {
    return new Whereabouts(whereabouts.figure() == null ? null : NO_PICTURE, whereabouts.walking());
  }

  private static FacePicture withoutPicture(FacePicture picture) {
    return new FacePicture(NO_PICTURE, picture.view());
  }

  private ReceivedAlert with(Match opened) {
    return new ReceivedAlert(
        id, origin, comparison, times, provenance, presentationCheck, opened, null);
  }

  /** The alert, found to be signed by the device of its van. */
  public ReceivedAlert asSigned() {
    return new ReceivedAlert(
        id,
        origin,
        comparison,
        times,
        new Provenance(auditHead(), isExercise(), twoOfficers(), true, groups()),
        presentationCheck,
        match,
        sealed);
  }

  /** Of the van's audit log when the alert was decided. */
  public AuditHead auditHead() {
    return provenance.auditHead();
  }

  /** Whether it says that it is of an exercise. */
  public boolean isExercise() {
    return provenance.exercise();
  }

  /** Whether its outcome needs two officers. */
  public boolean twoOfficers() {
    return provenance.twoOfficers() || (match != null && match.twoOfficers());
  }

  /** Of which an officer may state one of somebody who was stopped. */
  public List<StatedGroup> groups() {
    return provenance.groups();
  }

  private static List<StatedGroup> groups(JsonNode data) {
    List<StatedGroup> groups = new ArrayList<>();
    for (JsonNode group : data.path("groups")) {
      groups.add(new StatedGroup(text(group, "code"), text(group, "label")));
    }
    return groups;
  }

  /** Whether the van's device was found to have signed it. */
  public boolean isSigned() {
    return provenance.signed();
  }

  private static PresentationCheck check(JsonNode node) {
    PresentationCheck check =
        new PresentationCheck(
            node.required("bonaFideScore").doubleValue(),
            node.required("suspectedBelow").doubleValue(),
            shown(node, "modelPack", ShownText.MODEL_PACK));
    if (check.suspected() != node.required("suspected").booleanValue()) {
      throw new IllegalArgumentException("a bona fide score and what is made of it disagree");
    }
    return check;
  }

  private static Match match(JsonNode node) {
    return new Match(
        new SubjectRef(text(node, "subject")),
        shown(node, "category", ShownText.CATEGORY),
        picture(node.required("probe")),
        node.has("portrait") ? picture(node.required("portrait")) : null,
        node.has("response") ? response(node.required("response")) : null,
        node.has("figure") || node.has("walking") ? whereabouts(node) : null,
        moreViews(node.path("moreViews")));
  }

  /** Those that can be shown, the best first: for one that cannot be, no alert is lost. */
  private static List<FacePicture> moreViews(JsonNode node) {
    List<FacePicture> views = new ArrayList<>();
    for (JsonNode view : node) {
      if (views.size() < Match.MOST_MORE_VIEWS) {
        moreView(view).ifPresent(views::add);
      }
    }
    return views;
  }

  private static Optional<FacePicture> moreView(JsonNode node) {
    try {
      return Optional.of(picture(node)).filter(Match::fits);
    } catch (JacksonException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Whereabouts whereabouts(JsonNode node) {
    return new Whereabouts(
        node.has("figure") ? picture(node.required("figure")).jpeg() : null,
        node.has("walking") ? Walking.of(text(node, "walking")) : null);
  }

  private static Response response(JsonNode node) {
    return new Response(
        Response.Colour.of(text(node, "colour")),
        node.required("urgency").intValue(),
        text(node, "instruction"),
        node.has("contact") ? text(node, "contact") : null,
        Response.Sound.of(text(node, "sound")),
        Response.isOfTwoOfficers(text(node, "confirmation")));
  }

  private static FacePicture picture(JsonNode node) {
    return new FacePicture(
        new Jpeg(node.required("base64").binaryValue()),
        node.has("face") ? view(node.required("face")) : null);
  }

  private static FaceView view(JsonNode node) {
    return new FaceView(
        point(node.required("rightEye")),
        point(node.required("leftEye")),
        node.required("sharpness").doubleValue());
  }

  private static PointPx point(JsonNode node) {
    return new PointPx(node.required("x").floatValue(), node.required("y").floatValue());
  }

  private static Instant instant(JsonNode data, String name) {
    return Instant.parse(text(data, name));
  }

  private static int entries(int number) {
    if (number < 1) {
      throw new IllegalArgumentException("a list that was searched has an entry");
    }
    return number;
  }

  private static String shown(JsonNode node, String name, ShownText limits) {
    return limits.require(text(node, name));
  }

  private static String text(JsonNode node, String name) {
    JsonNode value = node.required(name);
    if (!value.isString() || value.stringValue().isBlank()) {
      throw new IllegalArgumentException(name + " is a text");
    }
    return value.stringValue();
  }

  private static PublishException unreadable(@Nullable Exception cause) {
    return new PublishException(
        "a message is not an alert", AlertEvent.TYPE, "check who else publishes there", cause);
  }
}
