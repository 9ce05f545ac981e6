package org.sightline.edge.board.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Clock;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.sightline.edge.board.login.Session;
import org.sightline.edge.board.login.Sessions;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.board.room.OpenAlert;
import org.sightline.edge.board.room.RoomListener;
import org.sightline.edge.board.room.Van;
import tools.jackson.databind.JsonNode;

/** Tells all pages that are open of every change. Thread-safe. */
public final class EventStreams implements RoomListener {
  /** More than a browser opens for one origin. */
  private static final int MOST_OF_A_SESSION = 8;

  private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(UTF_8);

  private final Sessions sessions;
  private final Clock clock;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

  public EventStreams(Sessions sessions, Clock clock) {
    this.sessions = sessions;
    this.clock = clock;
  }

  /**
   * Answers with a snapshot and then with every change, until the session or the browser ends it.
   */
  void open(Session session, ControlRoom room, Answer answer) {
    if (streams.stream().filter(open -> open.session() == session).count() >= MOST_OF_A_SESSION) {
      answer.empty(HttpStatus.TOO_MANY_REQUESTS_429);
      return;
    }
    answer.response().setStatus(HttpStatus.OK_200);
    answer.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    EventStream stream = newStream(session, answer);
    sessions.streamOpened(session);
    room.look(
        (alerts, vans) -> {
          stream.offer(event("snapshot", RoomJson.snapshot(alerts, vans, clock.instant())));
          streams.add(stream);
        });
    if (!sessions.isLive(session)) {
      stream.end(); // It has ended since the request was let in.
    }
  }

  private EventStream newStream(Session session, Answer answer) {
    return new EventStream(session, answer) {
      @Override
      void over() {
        streams.remove(this);
        sessions.streamClosed(session);
      }
    };
  }

  @Override
  public void changed(OpenAlert alert) {
    tell("alert", RoomJson.alert(alert, clock.instant()));
  }

  @Override
  public void gone(UUID alert) {
    tell("gone", RoomJson.object().put("id", alert.toString()).put("reason", "expired"));
  }

  @Override
  public void changed(Van van) {
    tell("van", RoomJson.van(van, clock.instant()));
  }

  private void tell(String name, JsonNode data) {
    byte[] event = event(name, data);
    streams.forEach(stream -> stream.offer(event));
  }

  private static byte[] event(String name, JsonNode data) {
    return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(UTF_8);
  }

  /** Shows every page that the board is there. */
  public void signOfLife() {
    streams.forEach(stream -> stream.offer(SIGN_OF_LIFE));
  }

  /** Ends the streams of sessions that have ended. */
  public void sweep() {
    for (EventStream stream : streams) {
      if (!sessions.isLive(stream.session())) {
        stream.end();
      }
    }
  }
}
