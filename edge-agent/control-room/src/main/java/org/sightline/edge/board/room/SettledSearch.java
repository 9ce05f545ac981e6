package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks once after a start for what is stored as awaited and is not: a board of an earlier version
 * kept no note of it, and what is awaited of an alert is sealed. In portions, oldest first, so that
 * nobody waits for it. For one thread, which needs no lock of the room.
 */
final class SettledSearch {
  private static final Logger LOG = LoggerFactory.getLogger(SettledSearch.class);

  /** Opening them takes some tens of milliseconds. */
  static final int PORTION = 200;

  private final AlertShelf shelf;
  private final EngagedShelf street;
  private AlertShelf.@Nullable Place last;
  private boolean unreadable;
  private boolean over;

  SettledSearch(AlertShelf shelf, EngagedShelf street) {
    this.shelf = shelf;
    this.street = street;
  }

  /**
   * The next portion.
   *
   * @return when those of it were judged of which nothing is awaited; it is tried again if the disk
   *     fails
   */
  Map<UUID, Instant> next() {
    if (over) {
      return Map.of();
    }
    try {
      List<AlertShelf.Place> portion = shelf.awaitedAfter(last, PORTION);
      Map<UUID, Instant> found = settled(portion.stream().map(AlertShelf.Place::alert).toList());
      over = portion.size() < PORTION;
      last = over ? null : portion.get(portion.size() - 1);
      return found;
    } catch (StoreException e) {
      LOG.error("Cannot determine whether anything is awaited of an alert: {}", e.getMessage());
      return Map.of();
    }
  }

  private Map<UUID, Instant> settled(List<UUID> ids) throws StoreException {
    Map<UUID, Engaged> engaged = street.load(ids);
    Map<UUID, Instant> found = new HashMap<>();
    for (UUID id : ids) {
      OpenAlert alert = shelf.find(id).orElse(null);
      if (alert != null && alert.content() == null) {
        unreadable = true;
      } else if (alert != null) {
        Instant at = alert.settledAt(engaged.getOrDefault(id, Engaged.none(id, alert.expires())));
        if (at != null) {
          found.put(id, at);
        }
      }
    }
    return found;
  }

  /** Whether it is known of all that are stored whether anything is awaited of them. */
  boolean isComplete() {
    return over && !unreadable;
  }
}
