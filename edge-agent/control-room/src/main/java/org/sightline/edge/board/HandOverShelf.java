package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The sheet that was written last for the next shift, at rest and sealed. Thread-safe. */
final class HandOverShelf {
  private static final Logger LOG = LoggerFactory.getLogger(HandOverShelf.class);

  /** As long as what it is about. */
  private static final Duration KEPT = Duration.ofHours(24);

  private final Database database;
  private final ControlRoomKeys keys;

  /**
   * A sheet that was written.
   *
   * @param content JSON, as it was written
   * @param takenBy who took the shift over; empty while nobody has
   */
  record Written(
      Actor by,
      Instant at,
      String content,
      @JsonInclude(Include.NON_ABSENT) Optional<Actor> takenBy,
      @JsonInclude(Include.NON_ABSENT) Optional<Instant> takenAt) {
    /** Of its bytes as they are handed out. */
    String digest() {
      return Sha256.of(bytes()).hex();
    }

    byte[] bytes() {
      return content.getBytes(UTF_8);
    }

    Written taken(Actor officer, Instant when) {
      return new Written(by, at, content, Optional.of(officer), Optional.of(when));
    }
  }

  HandOverShelf(Database database, ControlRoomKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /** The last, if it is not over; one that cannot be opened any more is none. */
  Optional<Written> last(Instant now) throws StoreException {
    Optional<String> state =
        database.first(
            "SELECT state FROM hand_over WHERE expires_millis > ?", row -> row.text("state"), now);
    try {
      return state.isEmpty()
          ? Optional.empty()
          : CanonicalJson.read(keys.open(state.get()), Written.class);
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }

  /** Deletes one that is over. */
  void deleteExpired(Instant now) {
    try {
      database.update("DELETE FROM hand_over WHERE expires_millis <= ?", now);
    } catch (StoreException e) {
      LOG.error("A sheet for the next shift is not deleted: {}", e.getMessage());
    }
  }

  /** Keeps one in the place of the last. */
  void keep(Transaction transaction, Written sheet) throws StoreException {
    transaction.update(
        "INSERT OR REPLACE INTO hand_over (id, expires_millis, state) VALUES (1, ?, ?)",
        sheet.at().plus(KEPT),
        keys.identity().seal(CanonicalJson.write(sheet)));
  }
}
