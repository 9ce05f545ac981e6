package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.VanMessages.Reading;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The alerts at rest: the event with its pictures, for as long as they are looked at, and the facts
 * without them, for as long as anything. All is sealed for the control room's own key; beside it
 * stand ids, vans and times alone. Thread-safe.
 */
public final class AlertShelf {
  private static final Logger LOG = LoggerFactory.getLogger(AlertShelf.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** Whether the alert was found to be signed; the signature itself is not kept. */
  private static final String SIGNED = "signed";

  private static final String SIGNATURE = "signature";

  /** What one rewriting may take of memory. */
  private static final long LARGEST_SCRUBBED_BYTES = 256L << 20;

  /** Others wait for the file meanwhile. */
  private static final int PUT_AWAY_AT_ONCE = 20_000;

  /** Those of which nothing is awaited, but for the last that were judged. */
  private static final String SURPLUS =
      "SELECT id FROM open_alert WHERE settled_millis IS NOT NULL"
          + " ORDER BY settled_millis DESC, id DESC LIMIT ? OFFSET ?";

  /** How many are judged, from indexes alone: the alerts themselves would take minutes to read. */
  static final String COUNT =
      """
      SELECT
        (SELECT COUNT(*) FROM open_alert WHERE settled_millis IS NOT NULL)
        + (SELECT COUNT(*) FROM open_alert WHERE event IS NULL AND judgement IS NULL) AS settled,
        (SELECT COUNT(*) FROM open_alert WHERE awaited_millis IS NOT NULL) AS awaited
      """;

  private static final String COLUMNS =
      "id, van, ifnull(length(event), 0) AS event_length, sent_millis, expires_millis, facts,"
          + " judgement, seen, CASE WHEN facts IS NULL THEN event END AS event";

  private final Database database;
  private final ControlRoomKeys keys;
  private volatile boolean scrubDue;

  private record Kept(
      UUID id,
      @Nullable String van,
      long eventBytes,
      Instant sent,
      Instant expires,
      @Nullable String event,
      @Nullable String facts,
      @Nullable String judgement,
      @Nullable String seen) {

    OpenAlert unopened() {
      return new OpenAlert(
          id,
          van == null ? null : new VanId(van),
          null,
          (int) eventBytes,
          sent,
          expires,
          Judgement.NONE,
          null);
    }
  }

  public AlertShelf(Database database, ControlRoomKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /** A name of this board that stays the same, 32 hexadecimal digits. */
  public String boardName() throws StoreException {
    return database.first("SELECT name FROM board", row -> row.text("name")).orElseThrow();
  }

  /**
   * What is shown, without pictures, oldest first; what cannot be opened any more is left out.
   *
   * @param settled how many there are at most of which nothing is awaited any more: those judged
   *     last
   * @param awaited how many at most that are judged, and of which something is: the newest
   */
  List<OpenAlert> load(int settled, int awaited) throws StoreException {
    List<Kept> all =
        database.query(
            "SELECT "
                + COLUMNS
                + """
                 FROM open_alert WHERE id IN
                  (SELECT id FROM open_alert WHERE event IS NOT NULL
                   UNION SELECT id FROM
                     (SELECT id FROM open_alert WHERE settled_millis IS NOT NULL
                      ORDER BY settled_millis DESC, id DESC LIMIT ?)
                   UNION SELECT id FROM
                     (SELECT id FROM open_alert WHERE awaited_millis IS NOT NULL
                      ORDER BY awaited_millis DESC LIMIT ?))
                ORDER BY sent_millis, id
                """,
            AlertShelf::kept,
            settled,
            awaited);
    // To open some thousands takes seconds.
    return all.parallelStream().flatMap(kept -> openedIfPossible(kept).stream()).toList();
  }

  private Optional<OpenAlert> openedIfPossible(Kept kept) {
    try {
      return Optional.of(opened(kept));
    } catch (CryptoException | PublishException | JacksonException e) {
      LOG.error("Alert {} was kept under other keys and cannot be shown", kept.id());
      return Optional.empty();
    }
  }

  /**
   * One that is kept, without its pictures. Of one that was put away, or cannot be opened any more,
   * nothing is known but its id, its van and its times.
   */
  Optional<OpenAlert> find(UUID alert) throws StoreException {
    return database
        .first("SELECT " + COLUMNS + " FROM open_alert WHERE id = ?", AlertShelf::kept, alert)
        .map(
            kept -> {
              try {
                return opened(kept);
              } catch (CryptoException | PublishException | JacksonException e) {
                return kept.unopened();
              }
            });
  }

  /**
   * Those of a deployment that are kept with more than their ids, in memory or not.
   *
   * @throws StoreException if they could not be read
   */
  List<UUID> of(VanId van, DeploymentId deployment) throws StoreException {
    List<UUID> found = new ArrayList<>();
    for (UUID id :
        database.query(
            "SELECT id FROM open_alert WHERE van = ? AND (event IS NOT NULL OR facts IS NOT NULL)",
            row -> row.uuid("id"),
            van.value())) {
      ReceivedAlert content = find(id).map(OpenAlert::content).orElse(null);
      if (content != null && content.origin().deployment().equals(deployment)) {
        found.add(id);
      }
    }
    return found;
  }

  /** Where an alert that counts as awaited stands among the others. */
  record Place(long awaitedMillis, UUID alert) {}

  /**
   * Those that count as awaited, oldest first.
   *
   * @param last after which one; null to begin
   */
  List<Place> awaitedAfter(@Nullable Place last, int most) throws StoreException {
    return database.query(
        """
        SELECT awaited_millis, id FROM open_alert
        WHERE awaited_millis IS NOT NULL AND (awaited_millis, id) > (?, ?)
        ORDER BY awaited_millis, id LIMIT ?
        """,
        row -> new Place(row.integer("awaited_millis"), row.uuid("id")),
        last == null ? Long.MIN_VALUE : last.awaitedMillis(),
        last == null ? "" : last.alert(),
        most);
  }

  private static Kept kept(Row row) {
    return new Kept(
        row.uuid("id"),
        row.textOrNull("van"),
        row.integer("event_length"),
        row.instant("sent_millis"),
        row.instant("expires_millis"),
        row.textOrNull("event"),
        row.textOrNull("facts"),
        row.textOrNull("judgement"),
        row.textOrNull("seen"));
  }

  /**
   * Of those of which nothing is awaited any more, keeps no more than id, van and times of what was
   * judged before the last: by these one that comes again is known.
   *
   * @param most how many are the last
   */
  void putAway(int most) throws StoreException {
    int away =
        database.write(
            transaction -> {
              transaction.update(
                  "DELETE FROM engaged_alert WHERE alert IN (" + SURPLUS + ")",
                  PUT_AWAY_AT_ONCE,
                  most);
              return transaction.update(
                  "UPDATE open_alert SET facts = NULL, judgement = NULL, seen = NULL,"
                      + " settled_millis = NULL WHERE id IN ("
                      + SURPLUS
                      + ")",
                  PUT_AWAY_AT_ONCE,
                  most);
            });
    if (away > 0) {
      database.purge();
    }
  }

  /** How many are kept that are judged, put away or not, but for those whose pictures are. */
  Stored judgedRows() throws StoreException {
    return database
        .first(COUNT, row -> new Stored(row.integer("settled"), row.integer("awaited"), false))
        .orElseThrow();
  }

  /** Keeps of which alerts nothing is awaited any more, and when they were judged. */
  void settled(Map<UUID, Instant> alerts) throws StoreException {
    database.write(
        transaction -> {
          for (Map.Entry<UUID, Instant> alert : alerts.entrySet()) {
            transaction.update(
                "UPDATE open_alert SET settled_millis = ?1 WHERE id = ?2"
                    + " AND settled_millis IS NOT ?1",
                alert.getValue(),
                alert.getKey());
          }
          return alerts.size();
        });
  }

  /**
   * Keeps whether something is awaited of an alert.
   *
   * @param at when it was judged; null if something is
   */
  void settled(UUID alert, @Nullable Instant at) throws StoreException {
    database.update("UPDATE open_alert SET settled_millis = ? WHERE id = ?", at, alert);
  }

  private OpenAlert opened(Kept kept) throws CryptoException, PublishException {
    @Nullable ReceivedAlert content = null;
    if (kept.facts() != null) {
      byte[] facts = keys.open(kept.facts());
      content = ReceivedAlert.parse(facts);
      if (JSON.readTree(facts).path(SIGNED).asBoolean(false)) {
        content = content.asSigned();
      }
    } else if (kept.event() != null) {
      content = read(keys.open(kept.event())).withoutPictures();
    }
    if (content != null && !content.isSigned() && !content.isExercise()) {
      LOG.warn("Alert {} was kept by a version that took unsigned ones: not shown", kept.id());
      content = null;
    }
    return new OpenAlert(
        kept.id(),
        kept.van() == null ? null : new VanId(kept.van()),
        content,
        (int) kept.eventBytes(),
        kept.sent(),
        kept.expires(),
        kept.judgement() == null
            ? Judgement.NONE
            : JSON.readValue(keys.open(kept.judgement()), Judgement.class),
        kept.seen() == null ? null : JSON.readValue(keys.open(kept.seen()), Seen.class));
  }

  /** The match of an alert with its pictures; empty if they are not kept, or cannot be opened. */
  Optional<Alert.Match> pictures(UUID alert) throws StoreException {
    Optional<String> event =
        database.first(
            "SELECT event FROM open_alert WHERE id = ? AND event IS NOT NULL",
            row -> row.text("event"),
            alert);
    try {
      return event.isEmpty()
          ? Optional.empty()
          : Optional.ofNullable(read(keys.open(event.get())).match());
    } catch (CryptoException | PublishException e) {
      return Optional.empty();
    }
  }

  /** Reads an event that was found good when it came. */
  private ReceivedAlert read(byte[] event) throws PublishException {
    ReceivedAlert alert = ReceivedAlert.parse(event);
    return opened(alert, keys).taken().orElse(alert);
  }

  /** Opens what these keys can open. */
  static Reading<ReceivedAlert> opened(ReceivedAlert alert, ControlRoomKeys keys) {
    try {
      return alert.opened(keys);
    } catch (CryptoException e) {
      LOG.warn("Alert {} cannot be read here: {}", alert.id(), e.getMessage());
      return new Reading.Taken<>(alert);
    }
  }

  /** Keeps a new alert; returns when it is safe on disk. */
  void add(OpenAlert alert, byte[] event) throws StoreException {
    ReceivedAlert content = Objects.requireNonNull(alert.content());
    database.update(
        """
        INSERT OR REPLACE INTO open_alert (id, van, sent_millis, expires_millis, event, facts)
        VALUES (?, ?, ?, ?, ?, ?)
        """,
        alert.id(),
        content.origin().van().value(),
        alert.sent(),
        alert.expires(),
        keys.identity().seal(event),
        keys.identity().seal(facts(event, content)));
  }

  /** The event with what was sealed in it, empty pictures, and whether it was signed. */
  private static byte[] facts(byte[] event, ReceivedAlert content) {
    Alert.Match match = content.withoutPictures().match();
    byte[] opened = match == null ? event : AlertEvent.inClear(event, match);
    ObjectNode facts = (ObjectNode) JSON.readTree(opened);
    facts.remove(SIGNATURE);
    facts.put(SIGNED, content.isSigned());
    if (match == null) {
      ((ObjectNode) facts.required("data")).put("sealed", "for somebody else");
    }
    return JSON.writeValueAsBytes(facts);
  }

  /**
   * Keeps what was found of an alert; the event goes when nobody looks at the pictures again.
   *
   * @param street whether an officer in the street still does
   * @param settled when it was judged, if nothing is awaited of it any more; else null
   */
  void judged(OpenAlert alert, boolean street, @Nullable Instant settled) throws StoreException {
    VanId van = alert.van();
    boolean done = alert.judgement().isDone() && !street;
    database.update(
        """
        INSERT INTO open_alert (id, van, sent_millis, expires_millis, judgement, settled_millis)
        VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (id) DO UPDATE SET
          judgement = excluded.judgement, settled_millis = excluded.settled_millis,
          event = CASE WHEN ? THEN NULL ELSE event END
        """,
        alert.id(),
        van == null ? null : van.value(),
        alert.sent(),
        alert.expires(),
        sealed(alert.judgement()),
        settled,
        done ? 1 : 0);
    if (done) {
      database.purge();
    }
  }

  /** Nobody looks at the pictures of an alert again. */
  void dropPictures(UUID alert) throws StoreException {
    int dropped =
        database.update(
            "UPDATE open_alert SET event = NULL WHERE id = ? AND event IS NOT NULL", alert);
    if (dropped > 0) {
      database.purge();
    }
  }

  /** Keeps who has looked at an alert first. */
  void seen(UUID alert, Seen first) throws StoreException {
    database.update("UPDATE open_alert SET seen = ? WHERE id = ?", sealed(first), alert);
  }

  private String sealed(Object content) {
    return keys.identity().seal(JSON.writeValueAsBytes(content));
  }

  /**
   * Deletes what has expired, for good. A file is rewritten in memory, so one that is large is only
   * overwritten where the expired stood, and rewritten once it is smaller.
   */
  void deleteExpired(Instant now) throws StoreException {
    int gone = database.update("DELETE FROM open_alert WHERE expires_millis <= ?", now);
    if (gone == 0 && !scrubDue) {
      return;
    }
    takeOffDisk(gone > 0);
  }

  /**
   * Leaves nothing on the disk of what was deleted; of a large file, and where this fails, the rest
   * is left to {@link #deleteExpired}.
   */
  void takeOffDisk() throws StoreException {
    scrubDue = true;
    takeOffDisk(true);
  }

  private void takeOffDisk(boolean purge) throws StoreException {
    boolean large = sizeBytes() > LARGEST_SCRUBBED_BYTES;
    if (!large) {
      database.scrub();
    } else if (purge) {
      database.purge();
    }
    scrubDue = large;
  }

  private long sizeBytes() throws StoreException {
    return database
        .first(
            "SELECT (page_count - freelist_count) * page_size AS size"
                + " FROM pragma_page_count, pragma_freelist_count, pragma_page_size",
            row -> row.integer("size"))
        .orElseThrow();
  }
}
