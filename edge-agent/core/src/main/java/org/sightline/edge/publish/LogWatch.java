package org.sightline.edge.publish;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogInstance;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.domain.VanId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that what vans publish of their audit logs continues what they published before; what does
 * not is a warning in the log, once. A van that does not say which log it is, as an older one, is
 * not watched. Not thread-safe.
 */
public final class LogWatch {
  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);
  private static final JsonMapper JSON = new JsonMapper();

  /** More are no fleet but somebody who makes names up. */
  private static final int MOST = 1000;

  private final Map<VanId, PublishedLog> logs;

  /** Has heard nothing yet. */
  public LogWatch() {
    this(Map.of());
  }

  /**
   * Goes on.
   *
   * @param known what was heard before
   */
  public LogWatch(Map<VanId, PublishedLog> known) {
    logs = new HashMap<>(known);
  }

  /** What is known of a van's log; null if nothing is. */
  public @Nullable PublishedLog of(VanId van) {
    return logs.get(van);
  }

  /**
   * A status that has come from the van itself, and not from what a broker keeps for later
   * subscribers.
   *
   * @return the van's log, if something new is known of it
   */
  public Optional<PublishedLog> status(VanId van, byte[] message) {
    PublishedLog before = logs.get(van);
    if (before == null && logs.size() >= MOST) {
      return Optional.empty();
    }
    try {
      JsonNode status = JSON.readTree(message);
      if (!status.has("instance") || !status.path("van").asString("").equals(van.value())) {
        return Optional.empty();
      }
      LogPosition position =
          new LogPosition(
              new LogInstance(status.required("instance").stringValue()),
              AuditHead.parse(status.required("auditHead").stringValue()));
      Instant connection = Instant.parse(status.required("since").stringValue());
      return news(
          van,
          before == null
              ? PublishedLog.first(position, connection)
              : before.afterStatus(position, connection));
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * An alert, whenever it arrives.
   *
   * @return the van's log, if something new is known of it
   */
  public Optional<PublishedLog> alert(ReceivedAlert alert) {
    PublishedLog before = logs.get(alert.origin().van());
    return before == null
        ? Optional.empty()
        : news(
            alert.origin().van(), before.afterAlert(alert.auditHead(), alert.times().published()));
  }

  /**
   * Somebody has looked into what was wrong.
   *
   * @return the van's log; empty if nothing was wrong
   */
  public Optional<PublishedLog> acknowledge(VanId van) {
    PublishedLog before = logs.get(van);
    return before == null ? Optional.empty() : news(van, before.acknowledged());
  }

  private Optional<PublishedLog> news(VanId van, PublishedLog now) {
    PublishedLog before = logs.put(van, now);
    if (now.equals(before)) {
      return Optional.empty();
    }
    if (before == null || !now.contradiction().equals(before.contradiction())) {
      now.line(van).ifPresent(LOG::warn);
    }
    return Optional.of(now);
  }
}
