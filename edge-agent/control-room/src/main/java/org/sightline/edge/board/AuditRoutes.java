package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditVerdict;
import org.sightline.edge.board.room.AuditDesk;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.web.Exchange;
import org.sightline.edge.web.Route;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the board has for an auditor: its log, figures and copies of them. Nothing here shows an
 * open alert, a picture or a subject. What cannot be recorded is not handed over.
 */
final class AuditRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(AuditRoutes.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** More heads than anybody pastes. */
  private static final int MOST_HEADS = 50;

  private final AuditDesk desk;
  private final ControlRoom room;
  private final Clock clock;

  private interface Act {
    void run() throws StoreException, IOException;
  }

  AuditRoutes(AuditDesk desk, ControlRoom room, Clock clock) {
    this.desk = desk;
    this.room = room;
    this.clock = clock;
  }

  /** All of them. */
  List<Route> all() {
    return List.of(
        Route.get("/api/log/records/(?<before>newest|[1-9][0-9]{0,17})", this::records)
            .onlyFor(Role.AUDITOR),
        Route.post("/api/log/verify", (session, path, exchange) -> verify(session, exchange))
            .onlyFor(Role.AUDITOR),
        Route.get(
                "/api/log/board-log\\.csv",
                (session, path, exchange) -> logAsCsv(session, exchange))
            .onlyFor(Role.AUDITOR),
        Route.get("/api/log/board-log\\.jsonl", (session, path, exchange) -> log(session, exchange))
            .onlyFor(Role.AUDITOR),
        Route.get("/api/figures", (session, path, exchange) -> figures(session, exchange))
            .onlyFor(Role.AUDITOR),
        Route.get(
                "/api/engagements\\.csv",
                (session, path, exchange) -> engagements(session, exchange))
            .onlyFor(Role.AUDITOR, Role.SUPERVISOR));
  }

  private static Actor actor(Session session) {
    return Actor.officer(session.officer());
  }

  /**
   * A disk that fails is no reason to hand something over without a record; a copy that it ends
   * midway is cut off.
   */
  private static void recorded(Exchange exchange, Act act) throws IOException {
    try {
      act.run();
    } catch (StoreException e) {
      LOG.error("The board's log cannot be read or written: {}", e.getMessage());
      if (exchange.isCommitted()) {
        throw new IOException("a copy failed midway", e);
      }
      exchange.error(HttpURLConnection.HTTP_UNAVAILABLE, "not-recorded");
    }
  }

  private void records(Session session, Matcher path, Exchange exchange) throws IOException {
    String before = path.group("before");
    recorded(
        exchange,
        () -> {
          ObjectNode node =
              RoomJson.object().put("officer", session.officer()).put("csrf", session.csrf());
          desk.lastVerified().ifPresent(line -> node.set("verified", JSON.readTree(line)));
          ArrayNode records = node.putArray("records");
          desk.records(
                  actor(session), before.equals("newest") ? Long.MAX_VALUE : Long.parseLong(before))
              .forEach(line -> records.add(JSON.readTree(line)));
          exchange.json(HttpURLConnection.HTTP_OK, node);
        });
  }

  private void verify(Session session, Exchange exchange) {
    exchange.readJson(
        body -> {
          List<AuditHead> heads = heads(body);
          try {
            AuditVerdict verdict = desk.verify(actor(session), heads);
            exchange.json(
                HttpURLConnection.HTTP_OK,
                RoomJson.object()
                    .put("at", clock.instant().toString())
                    .put("intact", verdict instanceof AuditVerdict.Intact)
                    .put("line", verdict.line()));
          } catch (StoreException e) {
            LOG.error("The board's log cannot be verified: {}", e.getMessage());
            exchange.error(HttpURLConnection.HTTP_UNAVAILABLE, "not-recorded");
          }
        });
  }

  private static List<AuditHead> heads(JsonNode body) {
    JsonNode given = body.path("heads");
    if (body.size() != 1 || !given.isArray() || given.size() > MOST_HEADS) {
      throw new IllegalArgumentException("not heads");
    }
    List<AuditHead> heads = new ArrayList<>();
    for (JsonNode head : given) {
      heads.add(AuditHead.parse(head.asString()));
    }
    return heads;
  }

  private void log(Session session, Exchange exchange) throws IOException {
    recorded(
        exchange,
        () -> {
          desk.exports(actor(session), "log-jsonl");
          exchange.<StoreException>download(
              "application/x-ndjson", "board-log.jsonl", desk::export);
        });
  }

  private void logAsCsv(Session session, Exchange exchange) throws IOException {
    recorded(
        exchange,
        () -> {
          desk.exports(actor(session), "log-csv");
          exchange.<StoreException>download(
              "text/csv",
              "board-log.csv",
              out -> {
                Writer csv = new OutputStreamWriter(out, UTF_8);
                LogCsv.head(csv);
                desk.<IOException>forEachLine(line -> LogCsv.row(csv, line));
                csv.flush();
              });
        });
  }

  private void figures(Session session, Exchange exchange) throws IOException {
    recorded(
        exchange,
        () -> {
          desk.readsFigures(actor(session));
          exchange.json(HttpURLConnection.HTTP_OK, RoomJson.figures(room.figures()));
        });
  }

  private void engagements(Session session, Exchange exchange) throws IOException {
    recorded(
        exchange,
        () -> {
          desk.exports(actor(session), "engagements");
          exchange.<IOException>download(
              "text/csv",
              "engagements.csv",
              out -> {
                Writer csv = new OutputStreamWriter(out, UTF_8);
                EngagementsCsv.write(csv, room.stated());
                csv.flush();
              });
        });
  }
}
