package org.sightline.edge.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlertSink;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.pipeline.Faults.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decided alerts on their way to the disk, in order: one that cannot be stored waits in memory with
 * all that come after it. Used by the analysis thread alone.
 */
final class UnstoredAlerts {
  /** Alerts that are held at most, some 60 MB; beyond it the oldest is lost. */
  static final int MOST_HELD = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(UnstoredAlerts.class);
  private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);

  /** How often storing is tried at the end before it is given up. */
  private static final int LAST_TRIES = 20;

  private static final Duration BETWEEN_LAST_TRIES = Duration.ofMillis(250);

  private final Deque<Alert> held = new ArrayDeque<>();
  private final AlertSink sink;
  private final PipelineCounters counters;
  private long failedNanos;
  private boolean failing;

  UnstoredAlerts(AlertSink sink, PipelineCounters counters) {
    this.sink = sink;
    this.counters = counters;
  }

  /** Takes an alert and stores it, if nothing waits before it. */
  void add(Alert alert) {
    if (held.size() == MOST_HELD) {
      held.remove();
      counters.alertsLost.increment();
      LOG.error("An alert is lost: {} cannot be stored, and no more are held", MOST_HELD);
    }
    held.add(alert);
    if (held.size() == 1) {
      store();
    }
    counters.alertsInMemory = held.size();
  }

  /** Tries again what could not be stored, now and then. */
  void retry() {
    if (!held.isEmpty() && System.nanoTime() - failedNanos >= BETWEEN_TRIES.toNanos()) {
      store();
    }
  }

  private void store() {
    try {
      // An alert that cannot be stored at all goes behind the others, once each round.
      for (int left = held.size(); left > 0; left--) {
        Alert alert = held.remove();
        try {
          sink.raise(alert);
          failing = false;
        } catch (SightlineException e) {
          failed(String.valueOf(e.getMessage()));
          held.addFirst(alert);
          return;
        } catch (RuntimeException e) {
          failed(e.getClass().getSimpleName());
          counters.faults.add(Kind.FACE, e);
          held.add(alert);
        }
      }
    } finally {
      counters.alertsInMemory = held.size();
    }
  }

  private void failed(String why) {
    failedNanos = System.nanoTime();
    if (!failing) {
      LOG.error("Alerts cannot be stored and are kept in memory: {}", why);
    }
    failing = true;
  }

  /** Tries for a few seconds more; what cannot be stored then is lost. */
  void storeOrGiveUp() {
    for (int i = 0; i < LAST_TRIES && !held.isEmpty(); i++) {
      store();
      if (!held.isEmpty() && !pause()) {
        break;
      }
    }
    if (!held.isEmpty()) {
      counters.alertsLost.add(held.size());
      LOG.error("{} alerts are lost: they could not be stored before the end", held.size());
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(BETWEEN_LAST_TRIES.toMillis());
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
