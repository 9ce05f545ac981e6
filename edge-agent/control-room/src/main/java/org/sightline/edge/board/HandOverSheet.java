package org.sightline.edge.board;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.room.Attended;
import org.sightline.edge.board.room.Confirmation;
import org.sightline.edge.board.room.Engaged;
import org.sightline.edge.board.room.Judgement;
import org.sightline.edge.board.room.OpenAlert;
import org.sightline.edge.board.room.Shift;
import org.sightline.edge.board.room.Situation;
import org.sightline.edge.board.room.Van;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Response;
import org.sightline.edge.publish.ReceivedAlert;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the next shift has to know, as of a moment: no picture and no subject, for it is printed.
 * What the board does not know is null.
 */
final class HandOverSheet {
  /** Where an alert of a list without a policy stands, as in the board's list. */
  private static final int USUAL_URGENCY = 5;

  private final Situation situation;
  private final Instant now;
  private final Map<UUID, Actor> claims = new HashMap<>();
  private final Map<UUID, Engaged> engaged = new HashMap<>();

  private HandOverSheet(Situation situation, Instant now) {
    this.situation = situation;
    this.now = now;
    for (Attended attended : situation.attended()) {
      if (attended.claimedBy() != null) {
        claims.put(attended.alert(), attended.claimedBy());
      }
    }
    situation.engaged().forEach(each -> engaged.put(each.alert(), each));
  }

  /**
   * The sheet.
   *
   * @param board as officers know it
   */
  static ObjectNode of(String board, Situation situation, Shift shift, Instant now) {
    return new HandOverSheet(situation, now).write(board, shift);
  }

  private ObjectNode write(String board, Shift shift) {
    ObjectNode node = RoomJson.object().put("board", board).put("at", now.toString());
    ArrayNode open = node.putArray("open");
    alerts(Judgement.State.OPEN, Judgement.State.PROPOSED).stream()
        .sorted(
            Comparator.comparingInt(HandOverSheet::urgency)
                .thenComparing(HandOverSheet::category)
                .thenComparing(OpenAlert::sent))
        .forEach(alert -> open.add(open(alert)));
    ArrayNode disputed = node.putArray("disputed");
    alerts(Judgement.State.DISPUTED).forEach(alert -> disputed.add(disputed(alert)));
    ArrayNode notConfirmed = node.putArray("notConfirmed");
    ArrayNode withoutResult = node.putArray("withoutResult");
    for (OpenAlert alert : alerts(Judgement.State.CLOSED)) {
      Judgement judgement = alert.judgement();
      Confirmation confirmation = judgement.confirmation();
      if (confirmation == null || confirmation.outcome() != outcome(alert)) {
        notConfirmed.add(notConfirmed(alert, confirmation));
      }
      Engaged street = engaged.get(alert.id());
      if (outcome(alert) == Outcome.TRUE && (street == null || street.last() == null)) {
        withoutResult.add(
            judged(alert)
                .put("takenBy", reference(street == null ? null : street.takenBy()))
                .put("stopped", street != null && street.stoppedAt() != null));
      }
    }
    node.putObject("broker")
        .put("heard", situation.reception().hears())
        .put("since", situation.reception().since().toString());
    ArrayNode vans = node.putArray("vans");
    situation.vans().forEach(van -> vans.add(van(van)));
    ArrayNode deployments = node.putArray("deployments");
    deployments().forEach((deployment, its) -> deployments.add(deployment(deployment, its)));
    node.set("shift", RoomJson.shift(shift));
    return node;
  }

  /** Those whose content is known, oldest first. */
  private List<OpenAlert> alerts(Judgement.State... states) {
    List<Judgement.State> wanted = List.of(states);
    return situation.alerts().stream()
        .filter(alert -> alert.content() != null && wanted.contains(alert.judgement().state()))
        .toList();
  }

  private static ReceivedAlert content(OpenAlert alert) {
    return Objects.requireNonNull(alert.content());
  }

  private static @Nullable Response response(OpenAlert alert) {
    Match match = content(alert).match();
    return match == null ? null : match.response();
  }

  private static int urgency(OpenAlert alert) {
    Response response = response(alert);
    return response == null ? USUAL_URGENCY : response.urgency();
  }

  private static String category(OpenAlert alert) {
    Match match = content(alert).match();
    return match == null ? "" : match.category();
  }

  private static Outcome outcome(OpenAlert alert) {
    return alert.judgement().findings().get(0).outcome();
  }

  private static @Nullable String reference(@Nullable Actor actor) {
    return actor == null ? null : actor.reference();
  }

  private ObjectNode about(OpenAlert alert) {
    ReceivedAlert content = content(alert);
    Match match = content.match();
    return RoomJson.object()
        .put("id", alert.id().toString())
        .put("van", content.origin().van().value())
        .put("camera", content.origin().camera().value())
        .put("place", content.origin().place().value())
        .put("exercise", content.isExercise())
        .put("withdrawn", alert.judgement().isWithdrawn())
        .put("category", match == null ? null : match.category())
        .put("ageMillis", millisSince(alert.sent()));
  }

  private ObjectNode open(OpenAlert alert) {
    Response response = response(alert);
    return about(alert)
        .put("urgency", response == null ? null : Integer.valueOf(response.urgency()))
        .put("state", alert.judgement().state().word())
        .put("stale", alert.isStale(now))
        .put("seenBy", alert.seen() == null ? null : alert.seen().by().reference())
        .put("claimedBy", reference(claims.get(alert.id())));
  }

  private ObjectNode disputed(OpenAlert alert) {
    ObjectNode node = about(alert);
    ArrayNode findings = node.putArray("findings");
    alert
        .judgement()
        .findings()
        .forEach(
            finding ->
                findings
                    .addObject()
                    .put("outcome", finding.outcome().word())
                    .put("by", finding.by().reference()));
    return node;
  }

  private ObjectNode judged(OpenAlert alert) {
    Instant at = alert.judgement().at();
    return about(alert)
        .put("outcome", outcome(alert).word())
        .put("judgedMillis", at == null ? null : Long.valueOf(millisSince(at)));
  }

  /** Of one that does not stand at its van as it was judged. */
  private ObjectNode notConfirmed(OpenAlert alert, @Nullable Confirmation confirmation) {
    Outcome atVan = confirmation == null ? null : confirmation.outcome();
    return judged(alert)
        .put("sent", alert.judgement().delivery() != Judgement.Delivery.WAITING)
        .put("result", confirmation == null ? null : confirmation.result().word())
        .put("atVan", atVan == null ? null : atVan.word());
  }

  private ObjectNode van(Van van) {
    Instant since = van.presence().since();
    ObjectNode node =
        RoomJson.object()
            .put("van", van.van().value())
            .put("state", van.state().word())
            .put("sinceMillis", since == null ? null : Long.valueOf(millisSince(since)))
            .put("queued", van.said().queued())
            .put("logTrouble", van.log() != null && van.log().found() != null);
    van.said().alarms().forEach(node.putArray("alarms")::add);
    Van.Pause pause = van.presence().pause();
    if (van.state() == Van.State.ONLINE && pause != null) {
      node.set("paused", RoomJson.paused(pause, now));
    }
    return node;
  }

  private Map<String, List<OpenAlert>> deployments() {
    return situation.alerts().stream()
        .filter(alert -> alert.content() != null)
        .collect(
            Collectors.groupingBy(
                alert -> content(alert).origin().deployment().value(),
                TreeMap::new,
                Collectors.toList()));
  }

  /** No message of a van says when its deployment ends. */
  private static ObjectNode deployment(String deployment, List<OpenAlert> its) {
    ObjectNode node =
        RoomJson.object()
            .put("deployment", deployment)
            .put("exercise", its.stream().allMatch(alert -> content(alert).isExercise()))
            .put("alerts", its.size())
            .putNull("ends");
    its.stream()
        .map(alert -> content(alert).origin().van().value())
        .distinct()
        .sorted()
        .forEach(node.putArray("vans")::add);
    return node;
  }

  private long millisSince(Instant then) {
    return Math.max(0, Duration.between(then, now).toMillis());
  }
}
