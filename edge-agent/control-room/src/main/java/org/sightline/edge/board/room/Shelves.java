package org.sightline.edge.board.room;

import java.time.Clock;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.store.Database;

/**
 * What a control room keeps on disk.
 *
 * @param alerts that are looked at, and what was found of them
 * @param vanLogs how far each van has published its audit log
 * @param log of what officers do here
 */
public record Shelves(AlertShelf alerts, LogShelf vanLogs, RoomLog log) {
  /**
   * In a board's data file.
   *
   * @param keys that alerts are sealed for
   */
  public static Shelves in(Database database, ControlRoomKeys keys, Clock clock) {
    return new Shelves(
        new AlertShelf(database, keys), new LogShelf(database), new RoomLog(database, clock));
  }
}
