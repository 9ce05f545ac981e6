package org.sightline.edge.board;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.room.Attended;
import org.sightline.edge.board.room.Confirmation;
import org.sightline.edge.board.room.Figures;
import org.sightline.edge.board.room.Finding;
import org.sightline.edge.board.room.Judgement;
import org.sightline.edge.board.room.OpenAlert;
import org.sightline.edge.board.room.Reception;
import org.sightline.edge.board.room.Refused;
import org.sightline.edge.board.room.Seen;
import org.sightline.edge.board.room.Shift;
import org.sightline.edge.board.room.Situation;
import org.sightline.edge.board.room.Stored;
import org.sightline.edge.board.room.Van;
import org.sightline.edge.board.room.VanTest;
import org.sightline.edge.domain.Alert.Comparison;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.Alert.Origin;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.MatchStrength;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Response;
import org.sightline.edge.publish.PublishedLog;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.ReceivedAlert.Times;
import org.sightline.edge.statistics.Interval;
import org.sightline.edge.statistics.Waits;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the page is sent. Durations are as of now; times of a van are compared with each other
 * alone, never with this machine's clock.
 */
final class RoomJson {
  private static final JsonMapper JSON = new JsonMapper();

  /** A page that opens is sent so many of those that have an outcome, the newest. */
  static final int MOST_CLOSED = 500;

  private RoomJson() {}

  private static boolean isClosed(OpenAlert alert) {
    return alert.judgement().state() == Judgement.State.CLOSED;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  /**
   * All there is.
   *
   * @param viewer who sees it
   */
  static ObjectNode snapshot(Situation situation, Instant now, Actor viewer) {
    ObjectNode snapshot = object();
    ArrayNode alerts = snapshot.putArray("alerts");
    long closed = situation.alerts().stream().filter(RoomJson::isClosed).count();
    for (OpenAlert alert : situation.alerts()) {
      if (!isClosed(alert) || closed-- <= MOST_CLOSED) {
        alerts.add(alert(alert, now, viewer));
      }
    }
    ArrayNode engaged = snapshot.putArray("engaged");
    situation.engaged().forEach(each -> engaged.add(StreetJson.engaged(each)));
    ArrayNode attended = snapshot.putArray("attended");
    situation.attended().forEach(each -> attended.add(attended(each)));
    ArrayNode vans = snapshot.putArray("vans");
    situation.vans().forEach(van -> vans.add(van(van, now)));
    ArrayNode sights = snapshot.putArray("sights");
    situation.sights().forEach(sight -> sights.add(SightJson.of(sight, now)));
    snapshot.set("desks", DesksJson.of(situation.escalations(), now));
    snapshot.set("broker", reception(situation.reception(), now));
    snapshot.setAll(refused(situation.refused(), now));
    return snapshot;
  }

  static ObjectNode attended(Attended attended) {
    ObjectNode node = object().put("id", attended.alert().toString());
    attended.lookers().forEach(actor -> node.withArray("lookers").add(actor.reference()));
    if (attended.claimedBy() != null) {
      node.put("claimedBy", attended.claimedBy().reference());
    }
    if (attended.from() != null) {
      node.put("from", attended.from().reference());
    }
    return node;
  }

  static ObjectNode refused(List<Refused> refused, Instant now) {
    ObjectNode node = object();
    ArrayNode all = node.putArray("refused");
    for (Refused each : refused) {
      all.add(
          object()
              .put("van", each.van().value())
              .put("kind", each.kind().word())
              .put("fault", each.fault().word())
              .put("count", each.count())
              .put("latestMillis", Math.max(0, Duration.between(each.latest(), now).toMillis())));
    }
    return node;
  }

  static ObjectNode stored(Stored stored) {
    return object()
        .put("settled", stored.settled())
        .put("awaited", stored.awaited())
        .put("complete", stored.complete());
  }

  static ObjectNode reception(Reception reception, Instant now) {
    return object()
        .put("heard", reception.hears())
        .put("sinceMillis", Math.max(0, Duration.between(reception.since(), now).toMillis()));
  }

  /**
   * An alert whose content is known.
   *
   * @param viewer who sees it: what a first officer found is seen by that officer alone, so that
   *     the second one finds on their own
   */
  static ObjectNode alert(OpenAlert alert, Instant now, Actor viewer) {
    ReceivedAlert content = Objects.requireNonNull(alert.content());
    Origin origin = content.origin();
    Comparison comparison = content.comparison();
    Times times = content.times();
    Duration since = Duration.between(alert.sent(), now);
    Duration age = Duration.between(times.captured(), times.published()).plus(since);
    ObjectNode node =
        object()
            .put("id", alert.id().toString())
            .put("van", origin.van().value())
            .put("camera", origin.camera().value())
            .put("place", origin.place().value())
            .put("deployment", origin.deployment().value())
            .put("similarity", comparison.similarity().cosine())
            .put("threshold", comparison.threshold().cosine())
            .put("galleryEntries", comparison.galleryEntries())
            .put("modelPack", comparison.modelPack())
            .put("capturedAt", times.captured().toString())
            .put("publishedAt", times.published().toString())
            .put("ageMillis", Math.max(0, age.toMillis()))
            .put("waitedMillis", Math.max(0, since.toMillis()))
            .put("stale", alert.isStale(now))
            .put("staleInMillis", alert.staleIn(now).toMillis())
            .put("expiresInMillis", Math.max(0, Duration.between(now, alert.expires()).toMillis()))
            .put("readable", alert.isReadable())
            .put("exercise", content.isExercise())
            .put("signed", content.isSigned())
            .put("twoOfficers", content.twoOfficers())
            .put("withdrawn", alert.judgement().isWithdrawn());
    StreetJson.putGroups(node, content.groups());
    MatchStrength strength = comparison.strength();
    if (strength != null) {
      node.putObject("strength")
          .put("falseAlertsPer1000Faces", strength.falseAlertsPerThousandFaces())
          .put("upper95", strength.upper95())
          .put("extrapolated", strength.extrapolated());
    }
    PresentationCheck check = content.presentationCheck();
    if (check != null) {
      node.put("maybePicture", check.suspected());
    }
    Match match = content.match();
    node.put("hasPortrait", match != null && match.portrait() != null);
    if (match != null) {
      node.put("subject", match.subject().value()).put("category", match.category());
      SightJson.put(node, match);
      if (match.response() != null) {
        putResponse(node.putObject("response"), match.response());
      }
      putView(node, "probeView", match.probe());
      if (match.portrait() != null) {
        putView(node, "portraitView", match.portrait());
      }
      ArrayNode more = node.putArray("moreViews");
      match.moreViews().forEach(view -> putView(more.addObject(), "probeView", view));
    }
    putJudgement(node, alert.judgement(), now, viewer);
    Seen seen = alert.seen();
    if (seen != null) {
      node.put("seenBy", seen.by().reference());
    }
    return node;
  }

  static void putResponse(ObjectNode node, Response response) {
    node.put("colour", response.colour().word())
        .put("urgency", response.urgency())
        .put("instruction", response.instruction())
        .put("sound", response.sound().word());
    if (response.contact() != null) {
      node.put("contact", response.contact());
    }
  }

  private static void putView(ObjectNode node, String name, FacePicture picture) {
    FaceView view = picture.view();
    if (view != null) {
      ObjectNode face = node.putObject(name);
      putPoint(face.putArray("rightEye"), view.rightEye());
      putPoint(face.putArray("leftEye"), view.leftEye());
      face.put("sharpness", view.sharpness());
    }
  }

  private static void putPoint(ArrayNode node, PointPx point) {
    node.add(point.x()).add(point.y());
  }

  /** How far the outcome has come, and for how long the van has not said what became of it. */
  private static void putDelivery(ObjectNode node, Judgement judgement, Instant now) {
    Confirmation confirmation = judgement.confirmation();
    String word = judgement.delivery() == Judgement.Delivery.WAITING ? "waiting" : "sent";
    if (confirmation != null) {
      word = confirmation.result().word();
      if (confirmation.outcome() != null) {
        node.put("atVan", confirmation.outcome().word());
      }
    }
    node.put("delivery", word);
    Instant at = judgement.at();
    if (at != null) {
      node.put("closedMillis", Math.max(0, Duration.between(at, now).toMillis()));
    }
  }

  private static void putJudgement(
      ObjectNode node, Judgement judgement, Instant now, Actor viewer) {
    node.put("state", judgement.state().word());
    List<Finding> findings = judgement.findings();
    switch (judgement.state()) {
      case OPEN -> {}
      case PROPOSED -> node.set("proposal", proposal(findings.get(0), viewer));
      case DISPUTED -> {
        putAll(node.putArray("dispute"), findings);
        putAll(node.putArray("late"), judgement.late());
      }
      case CLOSED -> {
        node.setAll(finding(findings.get(0)));
        if (!judgement.between().isEmpty()) {
          putAll(node.putArray("between"), judgement.between());
        } else if (findings.size() > 1) {
          node.put("confirmedBy", findings.get(1).by().reference());
        }
        putDelivery(node, judgement, now);
        putAll(node.putArray("late"), judgement.late());
      }
    }
  }

  private static ObjectNode proposal(Finding finding, Actor viewer) {
    return finding.by().equals(viewer)
        ? finding(finding)
        : object().put("by", finding.by().reference());
  }

  private static void putAll(ArrayNode array, List<Finding> findings) {
    findings.forEach(finding -> array.add(finding(finding)));
  }

  private static ObjectNode finding(Finding finding) {
    return object().put("outcome", finding.outcome().word()).put("by", finding.by().reference());
  }

  static ObjectNode shift(Shift shift) {
    ObjectNode node = object().put("hours", Shift.LENGTH.toHours());
    node.setAll(counts(shift));
    return node;
  }

  static ObjectNode figures(Figures figures) {
    ObjectNode node = object();
    node.set("live", counts(figures.live()));
    node.set("exercise", counts(figures.exercise()));
    ObjectNode deployments = node.putObject("deployments");
    figures.deployments().forEach((id, shift) -> deployments.set(id, counts(shift)));
    return node;
  }

  private static ObjectNode counts(Shift shift) {
    ObjectNode node = object().put("alerts", shift.alerts());
    ObjectNode waits = node.putObject("waits");
    putWaits(waits.putObject("seen"), shift.seen());
    putWaits(waits.putObject("claimed"), shift.claimed());
    putWaits(waits.putObject("judged"), shift.judged());
    ArrayNode outcomes = node.putArray("outcomes");
    for (Outcome outcome : Outcome.values()) {
      int count = shift.outcomes().getOrDefault(outcome, 0);
      int of = shift.judged().count();
      ObjectNode each =
          outcomes.addObject().put("outcome", outcome.word()).put("count", count).put("of", of);
      Interval interval = Interval.of(count, of);
      if (interval != null) {
        each.put("lower95", interval.lower95()).put("upper95", interval.upper95());
      }
    }
    return node;
  }

  private static void putWaits(ObjectNode node, Waits waits) {
    node.put("count", waits.count());
    if (waits.median() != null && waits.p95() != null) {
      node.put("medianMillis", waits.median().toMillis()).put("p95Millis", waits.p95().toMillis());
    }
  }

  static ObjectNode paused(Van.Pause pause, Instant now) {
    return object()
        .put("reason", pause.reason())
        .put("sinceMillis", Math.max(0, Duration.between(pause.since(), now).toMillis()));
  }

  private static ObjectNode figures(Van.Figures figures) {
    ObjectNode node = object().put("diskFreeMib", figures.diskFreeMib());
    node.put("celsius", figures.celsius());
    ArrayNode cameras = node.putArray("cameras");
    for (Van.Rate rate : figures.cameras()) {
      cameras
          .addObject()
          .put("id", rate.id())
          .put("framesPerSecond", rate.framesPerSecond())
          .put("searchedSecondsAgo", rate.searchedSecondsAgo());
    }
    return node;
  }

  static ObjectNode van(Van van, Instant now) {
    ObjectNode node =
        object()
            .put("van", van.van().value())
            .put("state", van.state().word())
            .put("queued", van.said().queued())
            .put("notTaken", van.notTaken());
    Instant since = van.presence().since();
    if (since != null) {
      node.put("sinceMillis", Math.max(0, Duration.between(since, now).toMillis()));
    }
    van.said().alarms().forEach(node.putArray("alarms")::add);
    ArrayNode cameras = node.putArray("cameras");
    for (Van.Camera camera : van.said().cameras()) {
      ObjectNode one = cameras.addObject().put("id", camera.id());
      camera.alarms().forEach(one.putArray("alarms")::add);
    }
    if (van.said().version() != null) {
      node.put("version", van.said().version());
    }
    if (van.said().lapses() != null) {
      node.put("lapses", van.said().lapses().toString())
          .put("lapsesMillis", Duration.between(now, van.said().lapses()).toMillis());
    }
    if (van.said().sealsElsewhere()) {
      node.put("sealsElsewhere", true);
    }
    Van.Figures figures = van.said().figures();
    if (figures != null) {
      node.set("figures", figures(figures));
    }
    VanTest test = van.test();
    if (test != null) {
      ObjectNode one = node.putObject("test").put("state", test.state().word());
      one.put("askedMillis", Math.max(0, Duration.between(test.asked(), now).toMillis()));
      if (test.took() != null) {
        one.put("tookMillis", test.took().toMillis());
      }
    }
    Van.Pause pause = van.presence().pause();
    if (pause != null) {
      node.set("paused", paused(pause, now));
    }
    PublishedLog log = van.log();
    if (log != null && log.found() != null) {
      node.putObject("log")
          .put("trouble", log.contradiction().orElseThrow().word())
          .put("published", log.published().head().sequence())
          .put("found", log.found().head().sequence());
    }
    return node;
  }
}
