package org.sightline.edge.board;

import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.board.room.Judge;
import org.sightline.edge.board.room.Verdict;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Whereabouts;
import org.sightline.edge.web.Exchange;
import org.sightline.edge.web.Route;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Session;
import org.sightline.edge.web.login.Sessions;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** What the board has for logged-in officers. */
final class BoardRoutes {
  private static final String ALERT =
      "/api/alerts/(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";

  private static final String VAN = "/api/vans/(?<van>[a-z0-9][a-z0-9-]{0,31})";

  private final String board;
  private final boolean twoPerson;
  private final ControlRoom room;
  private final RoomEvents events;
  private final Sessions sessions;
  private final LikingShelf likings;
  private final Clock clock;

  /**
   * @param board as officers know it
   */
  BoardRoutes(
      String board,
      boolean twoPerson,
      ControlRoom room,
      RoomEvents events,
      Sessions sessions,
      LikingShelf likings,
      Clock clock) {
    this.board = board;
    this.twoPerson = twoPerson;
    this.room = room;
    this.events = events;
    this.sessions = sessions;
    this.likings = likings;
    this.clock = clock;
  }

  /** All of them. */
  List<Route> all() {
    return List.of(
        Route.get("/api/session", (session, path, exchange) -> about(session, exchange))
            .whileLocked(),
        Route.get("/api/events", (session, path, exchange) -> events.open(session, room, exchange))
            .whileLocked(),
        Route.post("/api/lock", (session, path, exchange) -> lock(session, exchange)).whileLocked(),
        Route.get(
            ALERT + "/probe", (session, path, exchange) -> picture(path, Match::probe, exchange)),
        Route.get(
            ALERT + "/portrait",
            (session, path, exchange) -> picture(path, Match::portrait, exchange)),
        Route.get(
            ALERT + "/view-(?<view>[2-9])",
            (session, path, exchange) -> picture(path, match -> view(match, path), exchange)),
        Route.get(
            ALERT + "/figure",
            (session, path, exchange) -> picture(path, BoardRoutes::figure, exchange)),
        Route.post(ALERT + "/outcome", this::outcome),
        Route.post("/api/desk", (session, path, exchange) -> like(session, exchange)),
        Route.post(ALERT + "/seen", this::seen),
        Route.post("/api/attention", (session, path, exchange) -> looks(session, exchange)),
        Route.get("/api/officers", (session, path, exchange) -> officers(exchange)),
        Route.post(ALERT + "/claim", this::claim),
        Route.post(ALERT + "/release", this::release),
        Route.post(ALERT + "/hand-over", this::handOver),
        Route.get(
            "/api/shift",
            (session, path, exchange) ->
                exchange.json(
                    HttpURLConnection.HTTP_OK,
                    RoomJson.shift(room.shift()).set("stored", RoomJson.stored(room.stored())))),
        Route.post(VAN + "/log", this::acknowledgeLog),
        Route.post(
            "/api/refused", (session, path, exchange) -> acknowledgeRefusals(session, exchange)),
        Route.post("/api/test", (session, path, exchange) -> test(session, exchange)));
  }

  private void about(Session session, Exchange exchange) {
    exchange.json(
        HttpURLConnection.HTTP_OK,
        RoomJson.object()
            .put("officer", session.officer())
            .put("board", board)
            .put("twoPerson", twoPerson)
            .put("supervisor", judge(session).supervisor())
            .put("endsInMillis", sessions.left(session).toMillis())
            .put("locked", session.isLocked())
            .put("csrf", session.csrf())
            .set("desk", likings.of(session.officer()).json()));
  }

  private static void lock(Session session, Exchange exchange) {
    session.lock();
    exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
  }

  private void test(Session session, Exchange exchange) {
    room.test(actor(session))
        .ifPresentOrElse(
            id ->
                exchange.json(
                    HttpURLConnection.HTTP_ACCEPTED, RoomJson.object().put("id", id.toString())),
            () -> exchange.error(HttpURLConnection.HTTP_UNAVAILABLE, "busy"));
  }

  private void picture(
      Matcher path, Function<Match, @Nullable FacePicture> which, Exchange exchange) {
    Match match = room.match(id(path));
    FacePicture picture = match == null ? null : which.apply(match);
    if (picture == null || picture.jpeg().bytes().length == 0) {
      exchange.notFound();
    } else {
      exchange.content("image/jpeg", picture.jpeg().bytes());
    }
  }

  /** A further view, which are counted on from the probe. */
  private static @Nullable FacePicture view(Match match, Matcher path) {
    int further = Integer.parseInt(path.group("view")) - 2;
    return further < match.moreViews().size() ? match.moreViews().get(further) : null;
  }

  private static @Nullable FacePicture figure(Match match) {
    Whereabouts whereabouts = match.whereabouts();
    return whereabouts == null || whereabouts.figure() == null
        ? null
        : new FacePicture(whereabouts.figure(), null);
  }

  private static UUID id(Matcher path) {
    return UUID.fromString(path.group("id"));
  }

  private void outcome(Session session, Matcher path, Exchange exchange) {
    exchange.readJson(body -> judge(id(path), outcome(body), session, exchange));
  }

  private void like(Session session, Exchange exchange) {
    exchange.readJson(
        body -> {
          likings.keep(session.officer(), Liking.of(body));
          exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
        });
  }

  private void seen(Session session, Matcher path, Exchange exchange) {
    if (room.seen(id(path), actor(session))) {
      exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
    } else {
      exchange.notFound();
    }
  }

  private void looks(Session session, Exchange exchange) {
    exchange.readJson(
        body -> {
          JsonNode alert = body.path("alert");
          JsonNode page = body.path("page");
          if (body.size() != 2 || !page.isString() || !(alert.isNull() || alert.isString())) {
            throw new IllegalArgumentException("not what a page looks at");
          }
          room.looks(
              actor(session),
              UUID.fromString(page.stringValue()),
              alert.isNull() ? null : UUID.fromString(alert.stringValue()));
          exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
        });
  }

  private void officers(Exchange exchange) {
    ArrayNode officers = RoomJson.object().putArray("officers");
    room.present().forEach(officer -> officers.add(officer.reference()));
    exchange.json(HttpURLConnection.HTTP_OK, officers);
  }

  private void claim(Session session, Matcher path, Exchange exchange) {
    exchange.readJson(
        body -> {
          JsonNode takeOver = body.path("takeOver");
          if (body.size() != 1 || !takeOver.isBoolean()) {
            throw new IllegalArgumentException("not a claim");
          }
          done(room.claim(id(path), actor(session), takeOver.booleanValue()), exchange);
        });
  }

  private void release(Session session, Matcher path, Exchange exchange) {
    done(room.release(id(path), actor(session)), exchange);
  }

  private void handOver(Session session, Matcher path, Exchange exchange) {
    exchange.readJson(
        body -> {
          JsonNode to = body.path("to");
          if (body.size() != 1 || !to.isString()) {
            throw new IllegalArgumentException("not to whom");
          }
          Actor officer = Actor.officer(to.stringValue());
          done(room.handOver(id(path), actor(session), officer), exchange);
        });
  }

  /** How the alert stands is in the stream of events. */
  private static void done(boolean done, Exchange exchange) {
    if (done) {
      exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
    } else {
      exchange.error(HttpURLConnection.HTTP_CONFLICT, "claimed");
    }
  }

  private void acknowledgeLog(Session session, Matcher path, Exchange exchange) {
    VanId van = new VanId(path.group("van"));
    if (room.acknowledgeLog(van, actor(session))) {
      exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
    } else {
      exchange.notFound();
    }
  }

  private void acknowledgeRefusals(Session session, Exchange exchange) {
    if (room.acknowledgeRefusals(Actor.officer(session.officer()))) {
      exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
    } else {
      exchange.notFound();
    }
  }

  /**
   * @throws IllegalArgumentException if it is anything else than one outcome
   */
  private static Outcome outcome(JsonNode body) {
    JsonNode word = body.path("outcome");
    if (body.size() != 1 || !word.isString()) {
      throw new IllegalArgumentException("not an outcome");
    }
    return Outcome.of(word.stringValue());
  }

  private static Actor actor(Session session) {
    return Actor.officer(session.officer());
  }

  private Judge judge(Session session) {
    return new Judge(actor(session), sessions.role(session).equals(Optional.of(Role.SUPERVISOR)));
  }

  private void judge(UUID alert, Outcome outcome, Session session, Exchange exchange) {
    Verdict verdict = room.judge(alert, outcome, judge(session));
    if (verdict instanceof Verdict.Taken taken) {
      exchange.json(
          HttpURLConnection.HTTP_OK,
          RoomJson.alert(taken.alert(), clock.instant(), actor(session)));
    } else if (verdict instanceof Verdict.Closed closed) {
      exchange.json(
          HttpURLConnection.HTTP_CONFLICT,
          RoomJson.alert(closed.alert(), clock.instant(), actor(session))
              .put("error", verdict.word()));
    } else {
      exchange.error(status(verdict), verdict.word());
    }
  }

  private static int status(Verdict refusal) {
    return refusal instanceof Verdict.Unknown
        ? HttpURLConnection.HTTP_NOT_FOUND
        : refusal instanceof Verdict.Unreadable
            ? HttpURLConnection.HTTP_BAD_REQUEST
            : HttpURLConnection.HTTP_CONFLICT;
  }
}
