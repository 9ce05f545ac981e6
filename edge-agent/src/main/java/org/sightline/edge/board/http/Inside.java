package org.sightline.edge.board.http;

import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.login.Session;
import org.sightline.edge.board.login.Sessions;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.board.room.Finding;
import org.sightline.edge.board.room.Verdict;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ReceivedAlert.Match;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What there is for whoever has a session. */
final class Inside {
  private static final Logger LOG = LoggerFactory.getLogger(Inside.class);

  private static final String ALERT =
      "/api/alerts/(?<id>[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})";

  private static final String VAN = "/api/vans/(?<van>[a-z0-9][a-z0-9-]{0,31})";

  private final String board;
  private final boolean twoPerson;
  private final ControlRoom room;
  private final EventStreams streams;
  private final Sessions sessions;
  private final SessionCookie cookie;
  private final Clock clock;

  /**
   * @param board as officers know it
   */
  Inside(
      String board,
      boolean twoPerson,
      ControlRoom room,
      EventStreams streams,
      Sessions sessions,
      SessionCookie cookie,
      Clock clock) {
    this.board = board;
    this.twoPerson = twoPerson;
    this.room = room;
    this.streams = streams;
    this.sessions = sessions;
    this.cookie = cookie;
    this.clock = clock;
  }

  List<Door.Route> routes() {
    return List.of(
        get("/", (session, path, answer) -> PageFiles.send("/index.html", answer)),
        get("/api/session", (session, path, answer) -> about(session, answer)),
        get("/api/events", (session, path, answer) -> streams.open(session, room, answer)),
        get(ALERT + "/probe", (session, path, answer) -> picture(path, Match::probe, answer)),
        get(ALERT + "/portrait", (session, path, answer) -> picture(path, Match::portrait, answer)),
        post(ALERT + "/outcome", this::outcome),
        post(VAN + "/log", this::acknowledgeLog),
        post("/logout", (session, path, answer) -> logout(session, answer)),
        get(
            PageFiles.PATH.pattern(),
            (session, path, answer) -> PageFiles.send(path.group(), answer)));
  }

  private static Door.Route get(String path, Door.Action action) {
    return new Door.Route(HttpMethod.GET, Pattern.compile(path), action);
  }

  private static Door.Route post(String path, Door.Action action) {
    return new Door.Route(HttpMethod.POST, Pattern.compile(path), action);
  }

  private void about(Session session, Answer answer) {
    answer.json(
        HttpStatus.OK_200,
        RoomJson.object()
            .put("officer", session.officer())
            .put("board", board)
            .put("twoPerson", twoPerson)
            .put("csrf", session.csrf()));
  }

  private void picture(Matcher path, Function<Match, @Nullable Jpeg> which, Answer answer) {
    Match match = room.match(id(path));
    Jpeg picture = match == null ? null : which.apply(match);
    if (picture == null || picture.bytes().length == 0) {
      answer.empty(HttpStatus.NOT_FOUND_404);
    } else {
      answer.content("image/jpeg", picture.bytes());
    }
  }

  private static UUID id(Matcher path) {
    return UUID.fromString(path.group("id"));
  }

  private void outcome(Session session, Matcher path, Answer answer) {
    if (hasToken(session, answer)) {
      Body.json(answer, body -> judge(id(path), outcome(body), session, answer));
    }
  }

  /** Answers by itself if the request was not sent by our page. */
  private static boolean hasToken(Session session, Answer answer) {
    @Nullable String token = answer.request().getHeaders().get("X-CSRF-Token");
    if (token == null || !session.isCsrf(token)) {
      answer.error(HttpStatus.FORBIDDEN_403, "csrf");
      return false;
    }
    return true;
  }

  private void acknowledgeLog(Session session, Matcher path, Answer answer) {
    if (hasToken(session, answer)) {
      VanId van = new VanId(path.group("van"));
      answer.empty(
          room.acknowledgeLog(van, Actor.officer(session.officer()))
              ? HttpStatus.NO_CONTENT_204
              : HttpStatus.NOT_FOUND_404);
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

  private void judge(UUID alert, Outcome outcome, Session session, Answer answer) {
    Verdict verdict = room.judge(alert, new Finding(outcome, Actor.officer(session.officer())));
    if (verdict instanceof Verdict.Taken taken) {
      answer.json(HttpStatus.OK_200, RoomJson.alert(taken.alert(), clock.instant()));
    } else if (verdict instanceof Verdict.Unknown) {
      answer.error(HttpStatus.NOT_FOUND_404, "unknown");
    } else if (verdict instanceof Verdict.Unreadable) {
      answer.error(HttpStatus.BAD_REQUEST_400, "unreadable");
    } else {
      answer.error(
          HttpStatus.CONFLICT_409, verdict instanceof Verdict.Closed ? "closed" : "same-officer");
    }
  }

  private void logout(Session session, Answer answer) {
    Body.form(
        answer,
        form -> {
          @Nullable String token = form.getValue("csrf");
          if (token == null || !session.isCsrf(token)) {
            answer.empty(HttpStatus.FORBIDDEN_403);
            return;
          }
          sessions.end(session);
          streams.sweep();
          cookie.clear(answer.response());
          LOG.info("Officer {} logged out", session.officer());
          answer.seeOther("/login");
        });
  }
}
