package org.sightline.edge.record;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;

/**
 * Who judged an alert, as the control room has signed it.
 *
 * @param by who judged, or who decided between two
 * @param confirmedBy who found the same; null if nobody did
 * @param disagreed the two between whom was decided, or nobody
 * @param two whether two officers judged, each on their own
 */
public record Judges(Actor by, @Nullable Actor confirmedBy, List<Actor> disagreed, boolean two) {
  public Judges {
    disagreed = List.copyOf(disagreed);
  }

  /** One officer. */
  static Judges alone(Actor by) {
    return new Judges(by, null, List.of(), false);
  }
}
