package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogInstance;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.PublishedLog;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Row;
import org.sightline.edge.store.StoreException;

/** How far vans have published their audit logs, at rest. Thread-safe. */
public final class LogShelf {
  private final Database database;

  private record Kept(VanId van, PublishedLog log) {}

  public LogShelf(Database database) {
    this.database = database;
  }

  /** All that is kept. */
  Map<VanId, PublishedLog> load() throws StoreException {
    Map<VanId, PublishedLog> logs = new HashMap<>();
    for (Kept kept :
        database.query(
            "SELECT van, instance, head, found_instance, found_head, connections FROM van_log",
            LogShelf::kept)) {
      logs.put(kept.van(), kept.log());
    }
    return logs;
  }

  private static Kept kept(Row row) {
    String found = row.textOrNull("found_instance");
    return new Kept(
        new VanId(row.text("van")),
        new PublishedLog(
            position(row.text("instance"), row.text("head")),
            found == null ? null : position(found, row.text("found_head")),
            Arrays.stream(row.text("connections").split(" ")).map(Instant::parse).toList()));
  }

  private static LogPosition position(String instance, String head) {
    return new LogPosition(new LogInstance(instance), AuditHead.parse(head));
  }

  /** Keeps what is known of a van's log. */
  void keep(VanId van, PublishedLog log) throws StoreException {
    @Nullable LogPosition found = log.found();
    database.update(
        "INSERT OR REPLACE INTO van_log VALUES (?, ?, ?, ?, ?, ?)",
        van.value(),
        log.published().instance().hex(),
        log.published().head().toString(),
        found == null ? null : found.instance().hex(),
        found == null ? null : found.head().toString(),
        joined(log.connections()));
  }

  private static String joined(List<Instant> connections) {
    return connections.stream().map(Instant::toString).collect(Collectors.joining(" "));
  }
}
