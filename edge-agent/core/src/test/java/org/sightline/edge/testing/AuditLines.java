package org.sightline.edge.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/** What the audit log of a data file says. */
public final class AuditLines {
  private AuditLines() {}

  /** Its records as lines of JSON, oldest first. */
  public static List<String> of(Database database) throws StoreException {
    return database.query(
        "SELECT line FROM audit_record ORDER BY sequence",
        row -> new String(row.bytes("line"), StandardCharsets.UTF_8));
  }
}
