package org.sightline.edge.board.room;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The alerts at rest. Events and judgements are sealed for the control room's own key; beside them
 * stand ids and times alone. Thread-safe.
 */
public final class AlertShelf {
  private static final Logger LOG = LoggerFactory.getLogger(AlertShelf.class);
  private static final JsonMapper JSON = new JsonMapper();

  private final Database database;
  private final ControlRoomKeys keys;

  private record Kept(
      UUID id, Instant sent, Instant expires, @Nullable String event, @Nullable String judgement) {}

  public AlertShelf(Database database, ControlRoomKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /** A name of this board that stays the same, 32 hexadecimal digits. */
  public String boardName() throws StoreException {
    return database.first("SELECT name FROM board", row -> row.text("name")).orElseThrow();
  }

  /** All that is kept, as it arrived; what cannot be opened any more is left out. */
  List<OpenAlert> load() throws StoreException {
    List<OpenAlert> alerts = new ArrayList<>();
    for (Kept kept :
        database.query(
            "SELECT id, sent_millis, expires_millis, event, judgement FROM open_alert"
                + " ORDER BY sent_millis, id",
            row ->
                new Kept(
                    row.uuid("id"),
                    row.instant("sent_millis"),
                    row.instant("expires_millis"),
                    row.textOrNull("event"),
                    row.textOrNull("judgement")))) {
      try {
        alerts.add(
            new OpenAlert(
                kept.id(),
                kept.event() == null ? null : read(keys.open(kept.event()), keys),
                kept.sent(),
                kept.expires(),
                kept.judgement() == null
                    ? Judgement.NONE
                    : JSON.readValue(keys.open(kept.judgement()), Judgement.class)));
      } catch (CryptoException | PublishException | JacksonException e) {
        LOG.error("Alert {} was kept under other keys and cannot be shown", kept.id());
      }
    }
    return alerts;
  }

  /**
   * Reads an event and opens what these keys can open.
   *
   * @throws PublishException if it is not an alert
   */
  static ReceivedAlert read(byte[] event, ControlRoomKeys keys) throws PublishException {
    ReceivedAlert alert = ReceivedAlert.parse(event);
    try {
      return alert.opened(keys);
    } catch (CryptoException e) {
      LOG.warn("Alert {} cannot be read here: {}", alert.id(), e.getMessage());
      return alert;
    }
  }

  /** Keeps a new alert; returns when it is safe on disk. */
  void add(OpenAlert alert, byte[] event) throws StoreException {
    put(alert, keys.identity().seal(event));
  }

  /** Keeps what was found of an alert; the event goes when nothing more has to be done about it. */
  void judged(OpenAlert alert) throws StoreException {
    String judgement =
        keys.identity()
            .seal(JSON.writeValueAsString(alert.judgement()).getBytes(StandardCharsets.UTF_8));
    boolean done = alert.judgement().isDone();
    database.update(
        """
        INSERT INTO open_alert (id, sent_millis, expires_millis, judgement) VALUES (?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          judgement = excluded.judgement, event = CASE WHEN ? THEN NULL ELSE event END
        """,
        alert.id(),
        alert.sent(),
        alert.expires(),
        judgement,
        done ? 1 : 0);
    if (done) {
      database.purge();
    }
  }

  private void put(OpenAlert alert, String event) throws StoreException {
    database.update(
        "INSERT OR IGNORE INTO open_alert (id, sent_millis, expires_millis, event)"
            + " VALUES (?, ?, ?, ?)",
        alert.id(),
        alert.sent(),
        alert.expires(),
        event);
  }

  /** Deletes what has expired, for good. */
  void deleteExpired(Instant now) throws StoreException {
    if (database.update("DELETE FROM open_alert WHERE expires_millis <= ?", now) > 0) {
      database.scrub();
    }
  }
}
