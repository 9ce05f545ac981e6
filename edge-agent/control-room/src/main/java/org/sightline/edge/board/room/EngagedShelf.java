package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What becomes of alerts in the street, at rest: sealed for the control room's own key. */
public final class EngagedShelf {
  private static final Logger LOG = LoggerFactory.getLogger(EngagedShelf.class);

  private final Database database;
  private final ControlRoomKeys keys;

  public EngagedShelf(Database database, ControlRoomKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  /** The statements are kept as they are signed. */
  private record State(
      @JsonInclude(Include.NON_ABSENT) Optional<Actor> takenBy,
      @JsonInclude(Include.NON_ABSENT) Optional<Instant> stoppedAt,
      List<String> statements,
      boolean sent,
      @JsonInclude(Include.NON_ABSENT) Optional<EngagementReceipt.Result> answer) {}

  private record Kept(UUID alert, Instant expires, String state) {}

  void keep(Engaged engaged) throws StoreException {
    State state =
        new State(
            Optional.ofNullable(engaged.takenBy()),
            Optional.ofNullable(engaged.stoppedAt()),
            engaged.statements().stream()
                .map(statement -> new String(statement.sign(keys), US_ASCII))
                .toList(),
            engaged.sent(),
            Optional.ofNullable(engaged.answer()));
    database.update(
        "INSERT OR REPLACE INTO engaged_alert (alert, expires_millis, state) VALUES (?, ?, ?)",
        engaged.alert(),
        engaged.expires(),
        keys.identity().seal(CanonicalJson.write(state)));
  }

  /** All that is kept; what cannot be opened any more is left out. */
  Map<UUID, Engaged> load() throws StoreException {
    Map<UUID, Engaged> all = new LinkedHashMap<>();
    for (Kept kept :
        database.query(
            "SELECT alert, expires_millis, state FROM engaged_alert",
            row -> new Kept(row.uuid("alert"), row.instant("expires_millis"), row.text("state")))) {
      try {
        CanonicalJson.read(keys.open(kept.state()), State.class)
            .ifPresent(state -> all.put(kept.alert(), opened(kept, state)));
      } catch (CryptoException e) {
        LOG.error("What became of alert {} was kept under other keys", kept.alert());
      }
    }
    return all;
  }

  private Engaged opened(Kept kept, State state) {
    List<EngagementMessage> statements = new ArrayList<>();
    for (String statement : state.statements()) {
      EngagementMessage.read(statement.getBytes(US_ASCII), keys.identity())
          .ifPresent(statements::add);
    }
    return new Engaged(
        kept.alert(),
        kept.expires(),
        state.takenBy().orElse(null),
        state.stoppedAt().orElse(null),
        statements,
        state.sent(),
        state.answer().orElse(null));
  }

  /** Deletes what has expired. */
  void deleteExpired(Instant now) throws StoreException {
    database.update("DELETE FROM engaged_alert WHERE expires_millis <= ?", now);
  }
}
