package org.sightline.edge.publish;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogInstance;
import org.sightline.edge.audit.LogPosition;

/**
 * The state of a van, for those who watch it.
 *
 * @param queued alerts that wait to be published
 * @param auditHead of its audit log
 * @param instance of that log; null while the data file could not be read
 * @param alarms what needs somebody's attention, as slugs such as {@code destruction-failed}; none
 *     when all is well
 */
public record VanStatus(
    int queued, AuditHead auditHead, @Nullable LogInstance instance, List<String> alarms) {
  /** What the device signs with a status, so that no other message passes for one. */
  public static final String SIGNED_TYPE = "vnd.sightline.status.v1+json";

  public VanStatus {
    alarms = List.copyOf(alarms);
  }

  public VanStatus(int queued, LogPosition log, List<String> alarms) {
    this(queued, log.head(), log.instance(), alarms);
  }
}
