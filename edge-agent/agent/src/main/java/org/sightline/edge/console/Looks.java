package org.sightline.edge.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/**
 * Records who looked at which camera's preview: once, until they have left it alone. Thread-safe.
 */
final class Looks {
  private static final Duration LEFT_ALONE = Duration.ofMinutes(10);

  private final Database database;
  private final Clock clock;
  private final AuditLog log;
  private final Map<Look, Instant> last = new HashMap<>();

  private record Look(Actor by, CameraId camera) {}

  /**
   * @param clock that never goes back
   */
  Looks(Database database, Clock clock) {
    this.database = database;
    this.clock = clock;
    this.log = new AuditLog(clock);
  }

  /**
   * Somebody looks now.
   *
   * @throws StoreException if it cannot be recorded; then nothing is to be shown
   */
  synchronized void at(CameraId camera, Actor by) throws StoreException {
    Instant now = clock.instant();
    last.values().removeIf(before -> now.isAfter(before.plus(LEFT_ALONE)));
    Look look = new Look(by, camera);
    if (!last.containsKey(look)) {
      database.write(
          tx ->
              log.append(
                  tx, AuditEvent.of(AuditKind.PREVIEW_SHOWN, by).with("camera", camera.value())));
    }
    last.put(look, now);
  }
}
