package org.sightline.edge.board.room;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.publish.SightingMessage;

/** Whether the people of open alerts are in view, as far as their vans have said it. In memory. */
final class Sights {
  private final Map<UUID, Sight> latest = new HashMap<>();

  /**
   * Takes what a van says.
   *
   * @param left how long it is still of use: what is missing was spent at the broker
   * @return what is known now; empty if it says nothing new, as when it was recorded and is sent
   *     again
   */
  Optional<Sight> take(SightingMessage message, Duration left, Instant now) {
    AlertSighting sighting = message.sighting();
    Sight before = latest.get(sighting.alert());
    if (before != null && (!before.inView() || !message.published().isAfter(before.published()))) {
      return Optional.empty();
    }
    Duration onItsWay = atLeastNothing(SightingMessage.expiry(sighting.inView()).minus(left));
    Instant said = now.minus(onItsWay);
    Duration unseen = atLeastNothing(Duration.between(sighting.at(), message.published()));
    Sight sight =
        new Sight(
            sighting.alert(),
            said.minus(unseen),
            sighting.inView(),
            sighting.walking(),
            said,
            message.published());
    latest.put(sighting.alert(), sight);
    return Optional.of(sight);
  }

  List<Sight> all() {
    return List.copyOf(latest.values());
  }

  /** Forgets what was said of an alert. */
  void forget(UUID alert) {
    latest.remove(alert);
  }

  private static Duration atLeastNothing(Duration duration) {
    return duration.isNegative() ? Duration.ZERO : duration;
  }
}
