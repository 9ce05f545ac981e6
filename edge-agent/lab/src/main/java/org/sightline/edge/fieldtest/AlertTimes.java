package org.sightline.edge.fieldtest;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.fieldtest.FieldTestReport.Percentiles;

/** How long after the capture of its last frame an alert has come how far. Thread-safe. */
final class AlertTimes {
  /** The places on an alert's way. */
  enum Stage {
    DECIDED,
    STORED,
    PUBLISHED,
    RECEIVED
  }

  private final Map<UUID, Long> capturedNanos = new ConcurrentHashMap<>();
  private final Map<Stage, List<Long>> millis = new ConcurrentHashMap<>();

  void decided(Alert alert) {
    capturedNanos.put(alert.id(), alert.times().capturedNanos());
    reached(Stage.DECIDED, alert.id());
  }

  /** An alert that was decided here is at a place now. */
  void reached(Stage stage, UUID alert) {
    Long captured = capturedNanos.get(alert);
    if (captured != null) {
      millis
          .computeIfAbsent(stage, first -> new CopyOnWriteArrayList<>())
          .add(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - captured));
    }
  }

  /** Of all alerts that have come so far; null of none. */
  @Nullable Percentiles to(Stage stage) {
    return Percentiles.of(millis.getOrDefault(stage, List.of()));
  }
}
