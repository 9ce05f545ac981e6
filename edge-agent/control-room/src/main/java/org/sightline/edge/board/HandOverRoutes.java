package org.sightline.edge.board;

import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.HandOverShelf.Written;
import org.sightline.edge.board.room.AuditDesk;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.board.room.Situation;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.web.Exchange;
import org.sightline.edge.web.Route;
import org.sightline.edge.web.login.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a shift leaves to the next: an officer writes the sheet, with notes, and another one, who
 * has it before them, takes the shift over. Both are in the board's log, with the digest of the
 * sheet, or are not done.
 */
final class HandOverRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(HandOverRoutes.class);
  private static final JsonMapper JSON = new JsonMapper();

  private static final int LONGEST_NOTES = 1000;

  private final String board;
  private final ControlRoom room;
  private final AuditDesk log;
  private final HandOverShelf shelf;
  private final Clock clock;

  private interface Act {
    void run() throws StoreException;
  }

  /**
   * @param board as officers know it
   */
  HandOverRoutes(String board, ControlRoom room, AuditDesk log, HandOverShelf shelf, Clock clock) {
    this.board = board;
    this.room = room;
    this.log = log;
    this.shelf = shelf;
    this.clock = clock;
  }

  /** All of them. */
  List<Route> all() {
    return List.of(
        Route.get("/api/hand-over", (session, path, exchange) -> show(session, exchange)),
        Route.post("/api/hand-over/written", (session, path, exchange) -> write(session, exchange)),
        Route.get("/api/hand-over/sheet\\.json", (session, path, exchange) -> copy(exchange)),
        Route.post("/api/hand-over/taken", (session, path, exchange) -> take(session, exchange)));
  }

  private static Actor actor(Session session) {
    return Actor.officer(session.officer());
  }

  /** Two officers who do something at once do it one after another. */
  private synchronized void kept(Exchange exchange, Act act) {
    try {
      act.run();
    } catch (StoreException e) {
      LOG.error("The hand-over is not on disk: {}", e.getMessage());
      exchange.error(HttpURLConnection.HTTP_UNAVAILABLE, "not-recorded");
    }
  }

  private ObjectNode sheet() {
    List<Situation> seen = new ArrayList<>();
    room.look(seen::add);
    ObjectNode sheet = HandOverSheet.of(board, seen.get(0), room.shift(), clock.instant());
    sheet.set("stored", RoomJson.stored(room.stored()));
    return sheet;
  }

  private void show(Session session, Exchange exchange) {
    kept(
        exchange,
        () -> {
          ObjectNode node =
              RoomJson.object().put("officer", session.officer()).put("csrf", session.csrf());
          node.set("now", sheet());
          shelf.last(clock.instant()).ifPresent(last -> node.set("written", written(last)));
          exchange.json(HttpURLConnection.HTTP_OK, node);
        });
  }

  private static ObjectNode written(Written last) {
    ObjectNode node = RoomJson.object().put("digest", last.digest());
    node.set("sheet", JSON.readTree(last.content()));
    last.takenBy().ifPresent(officer -> node.put("takenBy", officer.reference()));
    last.takenAt().ifPresent(at -> node.put("takenAt", at.toString()));
    return node;
  }

  private void write(Session session, Exchange exchange) {
    exchange.readJson(
        body -> {
          String notes = notes(body);
          kept(
              exchange,
              () -> {
                Instant now = clock.instant();
                ObjectNode content = sheet().put("by", session.officer()).put("notes", notes);
                Written written =
                    new Written(
                        actor(session),
                        now,
                        content.toString(),
                        Optional.empty(),
                        Optional.empty());
                log.wroteSheet(
                    actor(session),
                    written.digest(),
                    transaction -> shelf.keep(transaction, written));
                exchange.json(
                    HttpURLConnection.HTTP_OK, RoomJson.object().put("digest", written.digest()));
              });
        });
  }

  /** Lines of text, without what cannot be seen or turns the direction of writing. */
  private static String notes(JsonNode body) {
    JsonNode notes = body.path("notes");
    if (body.size() != 1 || !notes.isString() || notes.stringValue().length() > LONGEST_NOTES) {
      throw new IllegalArgumentException("notes have at most " + LONGEST_NOTES + " characters");
    }
    String text = notes.stringValue().replace("\r\n", "\n").strip();
    if (text.codePoints().anyMatch(each -> each != '\n' && isUnseen(each))) {
      throw new IllegalArgumentException("notes are lines of text");
    }
    return text;
  }

  private static boolean isUnseen(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** The bytes whose SHA-256 is in the log. */
  private void copy(Exchange exchange) {
    kept(
        exchange,
        () -> {
          Optional<Written> last = shelf.last(clock.instant());
          if (last.isEmpty()) {
            exchange.notFound();
          } else {
            exchange.content("application/json", last.get().bytes());
          }
        });
  }

  private void take(Session session, Exchange exchange) {
    exchange.readJson(
        body -> {
          JsonNode digest = body.path("digest");
          if (body.size() != 1 || !digest.isString()) {
            throw new IllegalArgumentException("not which sheet");
          }
          kept(exchange, () -> take(actor(session), digest.stringValue(), exchange));
        });
  }

  private void take(Actor officer, String digest, Exchange exchange) throws StoreException {
    Instant now = clock.instant();
    Optional<Written> last = shelf.last(now);
    if (last.isEmpty() || last.get().takenBy().isPresent() || !last.get().digest().equals(digest)) {
      exchange.error(HttpURLConnection.HTTP_CONFLICT, "changed");
    } else if (last.get().by().equals(officer)) {
      exchange.error(HttpURLConnection.HTTP_CONFLICT, "same-officer");
    } else {
      Written taken = last.get().taken(officer, now);
      log.takesOver(officer, taken.by(), digest, transaction -> shelf.keep(transaction, taken));
      exchange.empty(HttpURLConnection.HTTP_NO_CONTENT);
    }
  }
}
