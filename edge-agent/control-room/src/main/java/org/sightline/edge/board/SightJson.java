package org.sightline.edge.board;

import java.time.Duration;
import java.time.Instant;
import org.sightline.edge.board.room.Sight;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.Whereabouts;
import tools.jackson.databind.node.ObjectNode;

/** What the page is sent of by what, and whether, somebody is found again. */
final class SightJson {
  private SightJson() {}

  static ObjectNode of(Sight sight, Instant now) {
    ObjectNode node =
        RoomJson.object()
            .put("id", sight.alert().toString())
            .put("inView", sight.inView())
            .put("lastSeenMillis", millis(sight.lastSeen(), now))
            .put("heardMillis", millis(sight.heard(), now));
    if (sight.walking() != null) {
      node.put("walking", sight.walking().word());
    }
    return node;
  }

  /** Puts into an alert what it says of the person's whereabouts, if anything. */
  static void put(ObjectNode alert, Match match) {
    Whereabouts whereabouts = match.whereabouts();
    if (whereabouts != null) {
      alert.put("hasFigure", whereabouts.figure() != null);
      if (whereabouts.walking() != null) {
        alert.put("walking", whereabouts.walking().word());
      }
    }
  }

  private static long millis(Instant since, Instant now) {
    return Math.max(0, Duration.between(since, now).toMillis());
  }
}
