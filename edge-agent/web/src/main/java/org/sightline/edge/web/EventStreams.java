package org.sightline.edge.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.sightline.edge.web.login.Session;
import org.sightline.edge.web.login.Sessions;
import tools.jackson.databind.JsonNode;

/** Server-sent events to all pages that are open. Thread-safe. */
public final class EventStreams {
  /** More tabs than anybody has. */
  static final int MOST_OF_A_SESSION = 16;

  private static final byte[] SIGN_OF_LIFE = ":\n\n".getBytes(UTF_8);

  private final Sessions sessions;
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();

  public EventStreams(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Responds with a first event and then with every other, until the session or the browser ends
   * it.
   *
   * @param snapshot gets what takes the data of the event {@code snapshot}, and calls it while
   *     nothing changes: what is sent before is in the snapshot, what is sent after is not
   */
  public void open(Session session, Exchange exchange, Consumer<Consumer<JsonNode>> snapshot) {
    if (streams.stream().filter(open -> open.session() == session).count() >= MOST_OF_A_SESSION) {
      exchange.empty(HttpStatus.TOO_MANY_REQUESTS_429);
      return;
    }
    exchange.response().setStatus(HttpStatus.OK_200);
    exchange.response().getHeaders().put(HttpHeader.CONTENT_TYPE, "text/event-stream");
    EventStream stream = newStream(session, exchange);
    sessions.streamOpened(session);
    snapshot.accept(
        data -> {
          stream.offer(event("snapshot", data));
          streams.add(stream);
        });
    if (!sessions.isLive(session)) {
      stream.end(); // It has ended since the request was admitted.
    }
  }

  private EventStream newStream(Session session, Exchange exchange) {
    return new EventStream(session, exchange) {
      @Override
      void over() {
        streams.remove(this);
        sessions.streamClosed(session);
      }
    };
  }

  /** Sends an event to every page that is open. */
  public void send(String name, JsonNode data) {
    byte[] event = event(name, data);
    streams.forEach(stream -> stream.offer(event));
  }

  /** The same, where not everybody may see the same. */
  public void send(String name, Function<Session, JsonNode> data) {
    streams.forEach(stream -> stream.offer(event(name, data.apply(stream.session()))));
  }

  private static byte[] event(String name, JsonNode data) {
    return ("event: " + name + "\ndata: " + data + "\n\n").getBytes(UTF_8);
  }

  /** Shows every page that the server is there. */
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
