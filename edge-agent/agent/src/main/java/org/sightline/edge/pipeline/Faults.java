package org.sightline.edge.pipeline;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exceptions that cost one face, one frame or one camera, and nothing else: counted by kind, and
 * each new one logged once, with where it was thrown and without a pixel of whom it was about.
 * Thread-safe.
 */
final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  /** Different faults that are logged: an attacker who finds many must not fill the disk. */
  private static final int MOST_LOGGED = 32;

  /** What a fault costs. */
  enum Kind {
    FACE("a face was passed over"),
    FRAME("a frame was passed over"),
    CAMERA("a camera was closed");

    private final String cost;

    Kind(String cost) {
      this.cost = cost;
    }
  }

  private final LongAdder faces = new LongAdder();
  private final LongAdder frames = new LongAdder();
  private final LongAdder cameras = new LongAdder();
  private final Set<String> logged = ConcurrentHashMap.newKeySet();

  /** Counts a fault. */
  void add(Kind kind, Exception fault) {
    switch (kind) {
      case FACE -> faces.increment();
      case FRAME -> frames.increment();
      case CAMERA -> cameras.increment();
    }
    StackTraceElement[] trace = fault.getStackTrace();
    String what = kind + " " + fault.getClass().getName() + (trace.length == 0 ? "" : trace[0]);
    if (logged.size() < MOST_LOGGED && logged.add(what)) {
      LOG.error("Unexpected error: {}; more of the same are only counted", kind.cost, fault);
    }
  }

  FaultCounts counts(long sourceFailures) {
    return new FaultCounts(faces.sum(), frames.sum(), cameras.sum() + sourceFailures);
  }
}
