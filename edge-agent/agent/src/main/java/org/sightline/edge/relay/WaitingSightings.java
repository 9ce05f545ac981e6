package org.sightline.edge.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.sightline.edge.publish.SightingMessage;

/**
 * What is to be said of who is in view: the latest of each alert, in memory alone and for moments.
 * Thread-safe.
 */
final class WaitingSightings {
  /** More alerts than are raised while a message is under way. */
  private static final int MOST = 64;

  private final Map<UUID, Waiting> latest = new LinkedHashMap<>();

  /** One that waits. */
  static final class Waiting {
    final UUID alert;
    final boolean inView;
    final byte[] content;
    private final long sinceNanos = System.nanoTime();

    Waiting(UUID alert, boolean inView, byte[] content) {
      this.alert = alert;
      this.inView = inView;
      this.content = content;
    }

    private boolean isOfUse() {
      return System.nanoTime() - sinceNanos < SightingMessage.expiry(inView).toNanos();
    }
  }

  /** Puts one in the place of what waits of its alert; where too many wait, the oldest goes. */
  synchronized void add(UUID alert, boolean inView, byte[] content) {
    latest.remove(alert);
    latest.put(alert, new Waiting(alert, inView, content));
    if (latest.size() > MOST) {
      latest.remove(latest.keySet().iterator().next());
    }
  }

  /** Takes all that are still of use, oldest first. */
  synchronized List<Waiting> take() {
    List<Waiting> all = new ArrayList<>(latest.values());
    latest.clear();
    all.removeIf(waiting -> !waiting.isOfUse());
    return all;
  }
}
