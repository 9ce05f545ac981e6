package org.sightline.edge.board;

import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How officers like the page, at rest. Without a disk everybody gets it as at first. Thread-safe.
 */
final class LikingShelf {
  private static final Logger LOG = LoggerFactory.getLogger(LikingShelf.class);

  private final Database database;

  LikingShelf(Database database) {
    this.database = database;
  }

  Liking of(String officer) {
    try {
      return database
          .first(
              "SELECT sound, letters, theme FROM desk WHERE officer = ?",
              row ->
                  new Liking(
                      row.integer("sound") != 0, row.integer("letters") != 0, row.text("theme")),
              officer)
          .orElse(Liking.FIRST);
    } catch (StoreException e) {
      LOG.error("How officer {} likes the page cannot be read: {}", officer, e.getMessage());
      return Liking.FIRST;
    }
  }

  void keep(String officer, Liking liking) {
    try {
      database.update(
          "INSERT OR REPLACE INTO desk VALUES (?, ?, ?, ?)",
          officer,
          liking.sound() ? 1 : 0,
          liking.letters() ? 1 : 0,
          liking.theme());
    } catch (StoreException e) {
      LOG.error("How officer {} likes the page is not kept: {}", officer, e.getMessage());
    }
  }
}
