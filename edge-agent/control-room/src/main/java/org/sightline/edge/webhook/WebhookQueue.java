package org.sightline.edge.webhook;

import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alerts that are to be posted, on disk and sealed for the control room's own key, and the ids
 * of those that were, until both expire. What the disk has no room for is held in memory, and the
 * same of it may be posted again after a restart. Thread-safe.
 */
final class WebhookQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebhookQueue.class);
  private static final String FILE_NAME = "webhook.db";
  private static final int MOST_IN_MEMORY = 200;

  private final Database database;
  private final ControlRoomKeys keys;
  private final Map<UUID, Held> inMemory = new LinkedHashMap<>();

  /** An alert as it came. */
  @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
  record Waiting(UUID id, byte[] event) {}

  @SuppressWarnings("ArrayRecordComponent") // Nobody compares it.
  private record Held(byte[] event, Instant expires) {}

  private record Row(UUID id, String sealed) {}

  private WebhookQueue(Database database, ControlRoomKeys keys) {
    this.database = database;
    this.keys = keys;
  }

  static WebhookQueue in(Path folder, ControlRoomKeys keys) throws StoreException {
    return new WebhookQueue(Database.open(folder.resolve(FILE_NAME), Schema.WEBHOOK), keys);
  }

  /** Adds an alert unless it has been added before; returns when it is on disk, if it can be. */
  synchronized void add(UUID id, byte[] event, Instant expires) {
    try {
      database.update(
          "INSERT OR IGNORE INTO webhook_event (id, expires_millis, event) VALUES (?, ?, ?)",
          id,
          expires,
          keys.identity().seal(event));
    } catch (StoreException e) {
      if (inMemory.size() < MOST_IN_MEMORY) {
        inMemory.putIfAbsent(id, new Held(event.clone(), expires));
        LOG.error("Alert {} waits for the webhook in memory alone: {}", id, e.getMessage());
      } else {
        LOG.error("Alert {} is not posted to the webhook: {}", id, e.getMessage());
      }
    }
  }

  /** One that waits, of those that were tried least often the first that came. */
  synchronized Optional<Waiting> next() throws StoreException {
    for (Map.Entry<UUID, Held> held : inMemory.entrySet()) {
      return Optional.of(new Waiting(held.getKey(), held.getValue().event()));
    }
    while (true) {
      Optional<Row> row =
          database.first(
              "SELECT id, event FROM webhook_event WHERE event IS NOT NULL"
                  + " ORDER BY tries, rowid LIMIT 1",
              each -> new Row(each.uuid("id"), each.text("event")));
      if (row.isEmpty()) {
        return Optional.empty();
      }
      UUID id = row.get().id();
      try {
        return Optional.of(new Waiting(id, keys.open(row.get().sealed())));
      } catch (CryptoException e) {
        LOG.error("Alert {} was kept under other keys and is not posted to the webhook", id);
        done(id);
      }
    }
  }

  /** Has the others go first. */
  synchronized void postpone(UUID id) throws StoreException {
    @Nullable Held held = inMemory.remove(id);
    if (held != null) {
      inMemory.put(id, held);
    } else {
      database.update("UPDATE webhook_event SET tries = tries + 1 WHERE id = ?", id);
    }
  }

  /** Keeps only that there was such an alert. */
  synchronized void done(UUID id) throws StoreException {
    if (inMemory.remove(id) == null) {
      database.update("UPDATE webhook_event SET event = NULL WHERE id = ?", id);
      database.purge();
    }
  }

  /**
   * Deletes what has expired, for good.
   *
   * @return how many had not been posted
   */
  synchronized int deleteExpired(Instant now) throws StoreException {
    int before = inMemory.size();
    inMemory.values().removeIf(held -> !now.isBefore(held.expires()));
    int lost = before - inMemory.size();
    lost +=
        database
            .first(
                "SELECT count(*) AS lost FROM webhook_event"
                    + " WHERE event IS NOT NULL AND expires_millis <= ?",
                row -> (int) row.integer("lost"),
                now)
            .orElse(0);
    if (database.update("DELETE FROM webhook_event WHERE expires_millis <= ?", now) > 0) {
      database.scrub();
    }
    return lost;
  }

  @Override
  public void close() throws StoreException {
    database.close();
  }
}
