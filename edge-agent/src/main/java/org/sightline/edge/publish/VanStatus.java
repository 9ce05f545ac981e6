package org.sightline.edge.publish;

import java.util.List;
import org.sightline.edge.audit.AuditHead;

/**
 * How a van stands, for whoever watches it.
 *
 * @param queued alerts that wait to be published
 * @param auditHead of its audit log
 * @param alarms what needs somebody's attention, as slugs such as {@code destruction-failed}; none
 *     when all is well
 */
public record VanStatus(int queued, AuditHead auditHead, List<String> alarms) {
  public VanStatus {
    alarms = List.copyOf(alarms);
  }
}
