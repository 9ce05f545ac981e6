package org.sightline.edge.app;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which alarms come and go, in the log. For one thread. */
final class AlarmLog {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmLog.class);

  private Set<String> before = Set.of();

  /** Logs what has changed since the last call. */
  void log(List<String> alarms) {
    Set<String> now = new HashSet<>(alarms);
    for (String word : now) {
      if (!before.contains(word)) {
        LOG.atWarn().addKeyValue("ALARM", word).log("Alarm raised: {}", word);
      }
    }
    for (String word : before) {
      if (!now.contains(word)) {
        LOG.atInfo().addKeyValue("ALARM_CLEARED", word).log("Alarm cleared: {}", word);
      }
    }
    before = now;
  }
}
