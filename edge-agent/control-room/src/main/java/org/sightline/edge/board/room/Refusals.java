package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.MessageFault;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What came in the name of vans and was not taken, until an officer takes note of it. Nothing of a
 * message is kept, logged or shown but the topic it came on and what was wrong. Not thread-safe.
 */
final class Refusals {
  private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);

  /** More are one person who makes names of vans up. */
  private static final int MOST = 100;

  private final Map<Key, Refused> refused = new LinkedHashMap<>();
  private final LineLimit lines = new LineLimit();
  private boolean isNew;
  private boolean news;

  private record Key(VanId van, Refused.Kind kind, MessageFault fault) {}

  /** One more. */
  void add(VanId van, Refused.Kind kind, MessageFault fault, Instant now) {
    lines
        .due("REFUSED: the %s on the topic of %s %s".formatted(kind.word(), van, fault.words()))
        .ifPresent(LOG::warn);
    Key key = new Key(van, kind, fault);
    Refused before = refused.get(key);
    isNew = before == null && refused.size() < MOST;
    if (before != null) {
      refused.put(key, before.oneMore(now));
    } else if (isNew) {
      refused.put(key, new Refused(van, kind, fault, 1, now));
    }
    news = !isNew;
  }

  /** Whether the last one was the first of its kind; how many there are may be said later. */
  boolean isNew() {
    return isNew;
  }

  /** What officers have not taken note of yet. */
  List<Refused> all() {
    return List.copyOf(refused.values());
  }

  /** Whether there is something that was not said yet; then it is said. */
  boolean takeNews() {
    boolean before = news;
    news = false;
    return before;
  }

  /**
   * An officer has taken note.
   *
   * @return of what, for the log; empty if there is nothing
   */
  String acknowledge() {
    String what =
        refused.values().stream()
            .map(
                each ->
                    "%d x %s of %s %s"
                        .formatted(
                            each.count(), each.kind().word(), each.van(), each.fault().words()))
            .collect(Collectors.joining("; "));
    news = !refused.isEmpty();
    refused.clear();
    return what;
  }
}
