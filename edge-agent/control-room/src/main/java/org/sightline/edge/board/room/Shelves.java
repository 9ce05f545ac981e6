package org.sightline.edge.board.room;

import java.time.Clock;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/**
 * What a room keeps on disk.
 *
 * @param alerts and what was found of them
 * @param engaged what becomes of them in the street
 * @param logs how far vans have published theirs
 * @param discards which deployments were refused
 * @param log of what officers do here
 */
public record Shelves(
    AlertShelf alerts, EngagedShelf engaged, LogShelf logs, DiscardShelf discards, RoomLog log) {
  /** Those in one data file. */
  public static Shelves in(Database database, ControlRoomKeys keys, Clock clock)
      throws StoreException {
    return new Shelves(
        new AlertShelf(database, keys),
        new EngagedShelf(database, keys),
        new LogShelf(database),
        new DiscardShelf(database),
        new RoomLog(database, clock));
  }
}
