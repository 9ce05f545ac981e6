package org.sightline.edge.relay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.publish.Recipients;
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
    private final AlertSighting sighting;
    private final Optional<ControlRoomIdentity> authorised;
    private final long sinceNanos = System.nanoTime();

    Waiting(AlertSighting sighting, Optional<ControlRoomIdentity> authorised) {
      this.sighting = sighting;
      this.authorised = authorised;
    }

    AlertSighting sighting() {
      return sighting;
    }

    /** What goes out now; empty if it is for a control room alone and none may have it. */
    Optional<byte[]> content(Recipients recipients) {
      Optional<ControlRoomIdentity> room = authorised.flatMap(recipients::of);
      return authorised.isPresent() && room.isEmpty()
          ? Optional.empty()
          : Optional.of(SightingMessage.encode(sighting, room));
    }

    private boolean isOfUse() {
      return System.nanoTime() - sinceNanos < SightingMessage.expiry(sighting.inView()).toNanos();
    }
  }

  /**
   * Puts one in the place of what waits of its alert; where too many wait, the oldest goes.
   *
   * @param authorised the control room that it is for alone; empty if it goes out in clear
   */
  synchronized void add(AlertSighting sighting, Optional<ControlRoomIdentity> authorised) {
    latest.remove(sighting.alert());
    latest.put(sighting.alert(), new Waiting(sighting, authorised));
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
