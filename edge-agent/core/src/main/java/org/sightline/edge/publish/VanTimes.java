package org.sightline.edge.publish;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogInstance;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.domain.VanId;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What time it is at the vans, at least: what each has said under its signature, and what has
 * passed here since. It distinguishes an alert whose time is over from one that is late, and
 * compares a van's clock with itself alone. A van whose data folder is another starts from nothing.
 * Thread-safe.
 */
final class VanTimes {
  private static final JsonMapper JSON = new JsonMapper();

  private final InstantSource clock;
  private final Map<VanId, Heard> heard = new ConcurrentHashMap<>();

  private record Heard(LogPosition log, Instant vanTime, Instant here) {
    Instant timeThere(Instant now) {
      Duration since = Duration.between(here, now);
      return since.isNegative() ? vanTime : vanTime.plus(since);
    }
  }

  /**
   * @param clock of this machine
   */
  VanTimes(InstantSource clock) {
    this.clock = clock;
  }

  /** A status that the van has signed. */
  void status(VanId van, byte[] content) {
    try {
      JsonNode status = JSON.readTree(content);
      if (status.has("instance") && status.has("at")) {
        Heard news =
            new Heard(
                new LogPosition(
                    new LogInstance(status.required("instance").asString()),
                    AuditHead.parse(status.required("auditHead").asString())),
                Instant.parse(status.required("at").asString()),
                clock.instant());
        heard.merge(van, news, this::later);
      }
    } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
      // The reader of the status refuses it.
    }
  }

  /**
   * What a van said before says nothing new. A van whose clock has come back from a halt with an
   * earlier time, as one without a battery, has recorded more since.
   */
  private Heard later(Heard before, Heard news) {
    if (!before.log().instance().equals(news.log().instance())) {
      return news;
    }
    long more = news.log().head().sequence() - before.log().head().sequence();
    boolean older = more == 0 && news.vanTime().isBefore(before.timeThere(clock.instant()));
    return more < 0 || older ? before : news;
  }

  /** What time it is at the van, at least; empty if it has not said. */
  Optional<Instant> now(VanId van) {
    return Optional.ofNullable(heard.get(van)).map(last -> last.timeThere(clock.instant()));
  }

  /** Whether a time of the van has surely passed there. */
  boolean isPast(VanId van, Instant time) {
    Heard last = heard.get(van);
    return last != null && time.isBefore(last.timeThere(clock.instant()));
  }
}
