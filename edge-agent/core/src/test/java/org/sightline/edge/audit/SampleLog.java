package org.sightline.edge.audit;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/** A log of a deployment with a few alerts, appended to a real data file. */
public final class SampleLog {
  private static final Instant START = Instant.parse("2026-11-23T09:00:00.123Z");

  private SampleLog() {}

  /** Appends records, ten seconds apart, and returns the head after each. */
  public static List<AuditHead> append(Database database, int records) throws StoreException {
    List<AuditHead> heads = new ArrayList<>();
    for (int i = 0; i < records; i++) {
      AuditLog log = new AuditLog(InstantSource.fixed(START.plusSeconds(10L * i)));
      AuditEvent event = event(i);
      heads.add(database.write(transaction -> log.append(transaction, event)));
    }
    return heads;
  }

  /** Appends records to the log of a data folder, making it where absent. */
  public static List<AuditHead> in(Path folder, int records) throws StoreException {
    try (Database database = Database.open(folder)) {
      return append(database, records);
    }
  }

  private static AuditEvent event(int i) {
    if (i % 3 == 0) {
      return AuditEvent.of(
              AuditKind.WATCHLIST_IMPORTED, Actor.authority(Sha256.of(new byte[] {(byte) i})))
          .with("deployment", new DeploymentId("D-" + i))
          .with("entries", 500 + i);
    }
    return i % 3 == 1
        ? AuditEvent.of(AuditKind.ALERT_RAISED, Actor.AGENT).with("alert", new UUID(7, i))
        : AuditEvent.of(AuditKind.OUTCOME_RECORDED, Actor.officer("1234"))
            .with("alert", new UUID(7, i - 1))
            .with("outcome", "unresolved");
  }
}
