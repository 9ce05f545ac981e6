package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
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
import org.sightline.edge.store.Transaction;
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

  /** How far a statement has come. */
  private record Delivery(
      boolean sent, @JsonInclude(Include.NON_ABSENT) Optional<EngagementReceipt.Result> answer) {
    static Delivery of(Statement statement) {
      return new Delivery(statement.sent(), Optional.ofNullable(statement.answer()));
    }
  }

  /**
   * The statements are kept as they are signed.
   *
   * @param sent of the last, as a board before this one kept it, which knew it of no other
   * @param answer likewise
   * @param deliveries of each statement
   * @param yielded absent if nobody had to yield
   */
  private record State(
      @JsonInclude(Include.NON_ABSENT) Optional<Actor> takenBy,
      @JsonInclude(Include.NON_ABSENT) Optional<Instant> stoppedAt,
      List<String> statements,
      @JsonInclude(Include.NON_ABSENT) Optional<Boolean> sent,
      @JsonInclude(Include.NON_ABSENT) Optional<EngagementReceipt.Result> answer,
      @JsonInclude(Include.NON_ABSENT) Optional<List<Delivery>> deliveries,
      @JsonInclude(Include.NON_ABSENT) Optional<List<Engaged.Yielded>> yielded) {

    /** Of all but the last, a board before this one did not keep it: they are sent again. */
    Delivery delivery(int index) {
      if (deliveries.isPresent()) {
        return deliveries.get().get(index);
      }
      return index == statements.size() - 1
          ? new Delivery(sent.orElse(false), answer)
          : new Delivery(false, Optional.empty());
    }
  }

  private record Kept(UUID alert, Instant expires, String state) {}

  void keep(Engaged engaged) throws StoreException {
    State state =
        new State(
            Optional.ofNullable(engaged.takenBy()),
            Optional.ofNullable(engaged.stoppedAt()),
            engaged.statements().stream()
                .map(statement -> new String(statement.message().sign(keys), US_ASCII))
                .toList(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(engaged.statements().stream().map(Delivery::of).toList()),
            Optional.of(engaged.yielded()).filter(yielded -> !yielded.isEmpty()));
    database.update(
        "INSERT OR REPLACE INTO engaged_alert (alert, expires_millis, state) VALUES (?, ?, ?)",
        engaged.alert(),
        engaged.expires(),
        keys.identity().seal(CanonicalJson.write(state)));
  }

  /** What is kept of alerts; what cannot be opened any more is left out. */
  Map<UUID, Engaged> load(Collection<UUID> alerts) throws StoreException {
    Map<UUID, Engaged> all = new LinkedHashMap<>();
    for (Kept kept : database.<List<Kept>, StoreException>read(tx -> kept(tx, alerts))) {
      try {
        CanonicalJson.read(keys.open(kept.state()), State.class)
            .ifPresent(state -> all.put(kept.alert(), opened(kept, state)));
      } catch (CryptoException e) {
        LOG.error("What became of alert {} was kept under other keys", kept.alert());
      }
    }
    return all;
  }

  private static List<Kept> kept(Transaction transaction, Collection<UUID> alerts)
      throws StoreException {
    List<Kept> all = new ArrayList<>();
    for (UUID alert : alerts) {
      transaction
          .first(
              "SELECT expires_millis, state FROM engaged_alert WHERE alert = ?",
              row -> new Kept(alert, row.instant("expires_millis"), row.text("state")),
              alert)
          .ifPresent(all::add);
    }
    return all;
  }

  private Engaged opened(Kept kept, State state) {
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < state.statements().size(); i++) {
      Delivery delivery = state.delivery(i);
      EngagementMessage.read(state.statements().get(i).getBytes(US_ASCII), keys.identity())
          .map(read -> new Statement(read, delivery.sent(), delivery.answer().orElse(null)))
          .ifPresent(statements::add);
    }
    return new Engaged(
        kept.alert(),
        kept.expires(),
        state.takenBy().orElse(null),
        state.stoppedAt().orElse(null),
        state.yielded().orElse(List.of()),
        statements);
  }

  /** Deletes what has expired. */
  void deleteExpired(Instant now) throws StoreException {
    database.update("DELETE FROM engaged_alert WHERE expires_millis <= ?", now);
  }
}
