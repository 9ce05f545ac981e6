package org.sightline.edge.board;

import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.board.room.Judge;
import org.sightline.edge.board.room.StreetEntry;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.web.Exchange;
import org.sightline.edge.web.Route;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Session;
import org.sightline.edge.web.login.Sessions;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the board has for officers in the street, and for those at a desk who state the same. */
final class StreetRoutes {
  private static final String ID =
      "(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";

  private static final String STREET = "/api/street/" + ID;
  private static final String ALERT = "/api/alerts/" + ID;

  private final ControlRoom room;
  private final Sessions sessions;
  private final Clock clock;

  StreetRoutes(ControlRoom room, Sessions sessions, Clock clock) {
    this.room = room;
    this.sessions = sessions;
    this.clock = clock;
  }

  /** All of them. */
  List<Route> all() {
    return List.of(
        Route.get("/api/street", (session, path, exchange) -> list(session, exchange))
            .onlyFor(Role.STREET),
        Route.post(STREET + "/take", this::take).onlyFor(Role.STREET),
        Route.post(STREET + "/release", this::release).onlyFor(Role.STREET),
        Route.post(STREET + "/stopped", this::stopped).onlyFor(Role.STREET),
        Route.get(
                STREET + "/probe",
                (session, path, exchange) -> picture(session, path, Match::probe, exchange))
            .onlyFor(Role.STREET),
        Route.get(
                STREET + "/portrait",
                (session, path, exchange) -> picture(session, path, Match::portrait, exchange))
            .onlyFor(Role.STREET),
        Route.post(STREET + "/engagement", this::stateInStreet).onlyFor(Role.STREET),
        Route.post("/api/street/lock", (session, path, exchange) -> lock(session, exchange))
            .onlyFor(Role.STREET)
            .whileLocked(),
        Route.post(ALERT + "/engagement", this::state),
        Route.get(ALERT + "/statements", this::words));
  }

  private static Actor actor(Session session) {
    return Actor.officer(session.officer());
  }

  private static UUID id(Matcher path) {
    return UUID.fromString(path.group("id"));
  }

  private void list(Session session, Exchange exchange) {
    Instant now = clock.instant();
    ObjectNode node =
        RoomJson.object()
            .put("officer", session.officer())
            .put("csrf", session.csrf())
            .put("discarded", room.isCalledBack(actor(session)));
    ArrayNode alerts = node.putArray("alerts");
    room.inStreet(actor(session))
        .forEach(shown -> alerts.add(StreetJson.street(shown, actor(session), now)));
    exchange.json(HttpURLConnection.HTTP_OK, node);
  }

  private void take(Session session, Matcher path, Exchange exchange) {
    done(room.take(id(path), actor(session)), exchange);
  }

  private void release(Session session, Matcher path, Exchange exchange) {
    done(room.turnBack(id(path), actor(session)), exchange);
  }

  private void stopped(Session session, Matcher path, Exchange exchange) {
    done(room.stopped(id(path), actor(session)), exchange);
  }

  private static void done(boolean done, Exchange exchange) {
    if (done) {
      exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
    } else {
      exchange.error(HttpURLConnection.HTTP_CONFLICT, "taken");
    }
  }

  private static void lock(Session session, Exchange exchange) {
    session.lock();
    exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
  }

  private void picture(
      Session session,
      Matcher path,
      Function<Match, @Nullable FacePicture> which,
      Exchange exchange) {
    Match match = room.streetMatch(id(path), actor(session));
    FacePicture picture = match == null ? null : which.apply(match);
    if (picture == null || picture.jpeg().bytes().length == 0) {
      exchange.notFound();
    } else {
      exchange.content("image/jpeg", picture.jpeg().bytes());
    }
  }

  /** An officer in the street states of their own alerts alone. */
  private void stateInStreet(Session session, Matcher path, Exchange exchange) {
    if (room.isOf(id(path), actor(session))) {
      state(session, path, exchange);
    } else {
      exchange.error(HttpURLConnection.HTTP_CONFLICT, "taken");
    }
  }

  private void state(Session session, Matcher path, Exchange exchange) {
    exchange.readJson(
        body -> {
          StreetEntry entry = StreetJson.entry(body);
          Judge judge =
              new Judge(
                  actor(session), sessions.role(session).equals(Optional.of(Role.SUPERVISOR)));
          Optional<String> refusal = room.engage(id(path), entry, judge);
          if (refusal.isEmpty()) {
            exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
          } else if (refusal.get().equals("unknown")) {
            exchange.notFound();
          } else {
            exchange.error(HttpURLConnection.HTTP_CONFLICT, refusal.get());
          }
        });
  }

  /** Every statement of an alert, with reason and note. */
  private void words(Session session, Matcher path, Exchange exchange) {
    ArrayNode statements = RoomJson.object().putArray("statements");
    room.statements(id(path))
        .forEach(
            statement ->
                statements.add(
                    StreetJson.stated(statement).setAll(StreetJson.words(room.words(statement)))));
    exchange.json(HttpURLConnection.HTTP_OK, statements);
  }
}
