package org.sightline.edge.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.track.Sighting;

/**
 * The passes of one camera that have raised an alert, for as long as they last: says now and then
 * that the person is in view, and once that they are so no longer. A pass in which sight of the
 * person is regained later is another one and is not followed, and nobody who raised no alert is.
 * Used by the analysis thread alone.
 */
final class AlertedPasses {
  /** How often somebody is said to be in view still. */
  static final Duration EVERY = Duration.ofSeconds(4);

  /** Nobody is approached because of an alert that is older: it is not said of anybody any more. */
  static final Duration LONGEST = Duration.ofMinutes(15);

  private final Consumer<AlertSighting> taker;
  private final Map<Long, Alerted> passes = new HashMap<>();

  private static final class Alerted {
    final Walk walk;
    final Duration raisedAt;
    Duration saidAt;
    AlertSighting latest;

    Alerted(Walk walk, Duration raisedAt, AlertSighting latest) {
      this.walk = walk;
      this.raisedAt = raisedAt;
      this.saidAt = raisedAt;
      this.latest = latest;
    }
  }

  AlertedPasses(Consumer<AlertSighting> taker) {
    this.taker = taker;
  }

  /**
   * A pass has raised an alert.
   *
   * @param walk of the person so far
   * @param raisedAt stream time
   * @param at the same by the clock
   */
  void raised(long pass, UUID alert, Walk walk, Duration raisedAt, Instant at, int widthPx) {
    AlertSighting first = new AlertSighting(alert, at, true, walk.direction(widthPx));
    passes.put(pass, new Alerted(walk, raisedAt, first));
    taker.accept(first);
  }

  /**
   * Takes what is in view now.
   *
   * @param streamTime of the frame
   * @param at the same by the clock
   * @param widthPx of the frame
   */
  void seen(List<Sighting> sightings, Duration streamTime, Instant at, int widthPx) {
    for (Sighting sighting : sightings) {
      Alerted pass = passes.get(sighting.pass());
      if (pass != null) {
        pass.walk.seen(sighting.face().box(), streamTime);
        pass.latest =
            new AlertSighting(pass.latest.alert(), at, true, pass.walk.direction(widthPx));
        if (streamTime.minus(pass.raisedAt).compareTo(LONGEST) > 0) {
          passes.remove(sighting.pass());
        } else if (streamTime.minus(pass.saidAt).compareTo(EVERY) >= 0) {
          pass.saidAt = streamTime;
          taker.accept(pass.latest);
        }
      }
    }
  }

  /** A pass is over. */
  void ended(long pass) {
    Alerted alerted = passes.remove(pass);
    if (alerted != null) {
      AlertSighting latest = alerted.latest;
      taker.accept(new AlertSighting(latest.alert(), latest.at(), false, latest.walking()));
    }
  }

  /** The camera is closed: what becomes of the passes is not known. */
  void forget() {
    passes.clear();
  }
}
