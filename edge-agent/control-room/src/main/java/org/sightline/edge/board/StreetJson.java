package org.sightline.edge.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.board.room.ControlRoom.InStreet;
import org.sightline.edge.board.room.Engaged;
import org.sightline.edge.board.room.Statement;
import org.sightline.edge.board.room.StreetEntry;
import org.sightline.edge.board.room.StreetWords;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Action;
import org.sightline.edge.domain.Engagement.Attempt;
import org.sightline.edge.domain.Engagement.Stop;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.ReceivedAlert;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What pages are sent of alerts in the street, and what they send. No page is sent a group that was
 * stated: the control room cannot read it any more.
 */
final class StreetJson {
  private StreetJson() {}

  static void putGroups(ObjectNode node, List<StatedGroup> groups) {
    if (!groups.isEmpty()) {
      ArrayNode each = node.putArray("groups");
      groups.forEach(
          group -> each.addObject().put("code", group.code()).put("label", group.label()));
    }
  }

  static ObjectNode engaged(Engaged engaged) {
    ObjectNode node = RoomJson.object().put("id", engaged.alert().toString());
    if (engaged.takenBy() != null) {
      node.put("takenBy", engaged.takenBy().reference());
    }
    putLast(node, engaged.last());
    if (!engaged.statements().isEmpty()) {
      node.put("corrections", engaged.statements().size() - 1);
    }
    return node;
  }

  private static void putLast(ObjectNode node, @Nullable Statement last) {
    if (last != null) {
      node.set("stated", stated(last.message()));
      node.put("delivery", last.delivery());
    }
  }

  static ObjectNode stated(EngagementMessage statement) {
    Stop stop = statement.found().stop();
    ObjectNode node =
        RoomJson.object()
            .put("id", statement.id().toString())
            .put("by", statement.by().reference())
            .put("engaged", statement.found().attempt().word())
            .put("result", statement.found().result().word());
    if (stop != null) {
      node.put("action", stop.action().word()).put("minutes", stop.minutes());
    }
    return node.put("groupStated", statement.group() != null);
  }

  static ObjectNode words(StreetWords words) {
    ObjectNode node = RoomJson.object();
    words.reason().ifPresent(reason -> node.put("reason", reason));
    words.note().ifPresent(note -> node.put("note", note));
    return node;
  }

  /** An alert as the phone of an officer has it: who it may be only once they go there. */
  static ObjectNode street(InStreet shown, Actor officer, Instant now) {
    ReceivedAlert content = Objects.requireNonNull(shown.alert().content());
    Engaged engaged = shown.engaged();
    boolean goes = officer.equals(engaged.takenBy());
    // Also of one who had to yield, once the other is not heard of any more.
    boolean free = shown.open() && engaged.takenBy() == null;
    boolean mine = engaged.isOf(officer) && !free;
    boolean open = shown.open() && (goes || free);
    Duration age =
        Duration.between(content.times().captured(), content.times().published())
            .plus(Duration.between(shown.alert().sent(), now));
    ObjectNode node =
        RoomJson.object()
            .put("id", shown.alert().id().toString())
            .put("van", content.origin().van().value())
            .put("camera", content.origin().camera().value())
            .put("place", content.origin().place().value())
            .put("exercise", content.isExercise())
            .put("ageMillis", Math.max(0, age.toMillis()))
            .put("mine", mine)
            .put("yielded", mine && !goes)
            .put("open", open);
    if (!mine) {
      return node;
    }
    node.put("withdrawn", shown.alert().judgement().isWithdrawn());
    putGroups(node, content.groups());
    Match match = content.match();
    if (match != null && open) {
      node.put("subject", match.subject().value())
          .put("category", match.category())
          .put("hasPortrait", match.portrait() != null);
      if (match.response() != null) {
        RoomJson.putResponse(node.putObject("response"), match.response());
      }
      if (content.presentationCheck() != null) {
        node.put("maybePicture", content.presentationCheck().suspected());
      }
    }
    Instant stoppedAt =
        goes
            ? engaged.stoppedAt()
            : engaged.yieldedBy(officer).map(Engaged.Yielded::stoppedAt).orElse(null);
    if (stoppedAt != null) {
      node.put("stoppedMillis", Math.max(0, Duration.between(stoppedAt, now).toMillis()));
    }
    putLast(node, engaged.last());
    return node;
  }

  /**
   * What an officer states.
   *
   * @throws IllegalArgumentException if it is no statement
   */
  static StreetEntry entry(JsonNode body) {
    Attempt attempt = Attempt.of(text(body, "engaged"));
    String action = textOrNull(body, "action");
    JsonNode minutes = body.path("minutes");
    if (!minutes.isMissingNode() && !minutes.isInt()) {
      throw new IllegalArgumentException("minutes are a number");
    }
    String corrects = textOrNull(body, "corrects");
    JsonNode withoutGroup = body.path("withoutGroup");
    if (!withoutGroup.isMissingNode() && !withoutGroup.isBoolean()) {
      throw new IllegalArgumentException("withoutGroup is true or false");
    }
    return new StreetEntry(
        new Engagement(
            attempt,
            Outcome.of(text(body, "result")),
            action == null ? null : new Stop(Action.of(action), minutes.asInt(-1))),
        textOrNull(body, "group"),
        withoutGroup.asBoolean(false),
        textOrNull(body, "reason"),
        textOrNull(body, "note"),
        corrects == null ? null : UUID.fromString(corrects));
  }

  private static String text(JsonNode body, String name) {
    String text = textOrNull(body, name);
    if (text == null) {
      throw new IllegalArgumentException(name + " is missing");
    }
    return text;
  }

  private static @Nullable String textOrNull(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    if (!value.isString()) {
      throw new IllegalArgumentException(name + " is a text");
    }
    return value.stringValue();
  }
}
