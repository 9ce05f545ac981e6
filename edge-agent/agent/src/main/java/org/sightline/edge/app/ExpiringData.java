package org.sightline.edge.app;

import java.util.List;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.record.AlertWaits;
import org.sightline.edge.record.Engagements;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.retention.Expiring;

/** What is deleted on schedule, whether by the agent or by a command. */
public final class ExpiringData {
  /** All of it; none of it needs a key. */
  public static final List<Expiring> ALL =
      List.of(
          Expiring.of(
              "alerts",
              (transaction, now) -> {
                AlertWaits.keepOfExpired(transaction, now);
                return Outbox.deleteExpired(transaction, now);
              }),
          Expiring.of("outcomes", Outcomes::deleteExpired),
          Expiring.of("engagements", Engagements::deleteExpired));

  private ExpiringData() {}
}
