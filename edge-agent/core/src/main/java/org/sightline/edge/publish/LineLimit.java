package org.sightline.edge.publish;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Lets the same line into the log at most once a minute, with a count: a peer that makes something
 * happen over and over fills no disk. Thread-safe.
 */
public final class LineLimit {
  private static final Duration PAUSE = Duration.ofMinutes(1);

  /** More different lines at once are not remembered, the oldest is forgotten. */
  private static final int MOST_LINES = 32;

  private final LongSupplier nanos;
  private final Map<String, Said> lines =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Said> eldest) {
          return size() > MOST_LINES;
        }
      };

  private record Said(long nanos, long heldBack) {}

  /** By the clock of this process. */
  public LineLimit() {
    this(System::nanoTime);
  }

  /**
   * @param nanos a clock as {@link System#nanoTime}
   */
  public LineLimit(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /**
   * What to log of a line now: nothing if it was logged less than a minute ago.
   *
   * @return the line, with the number of those held back since it was last logged
   */
  public synchronized Optional<String> due(String line) {
    long now = nanos.getAsLong();
    Said last = lines.get(line);
    if (last != null && now - last.nanos() < PAUSE.toNanos()) {
      lines.put(line, new Said(last.nanos(), last.heldBack() + 1));
      return Optional.empty();
    }
    lines.remove(line);
    lines.put(line, new Said(now, 0));
    return Optional.of(
        last == null || last.heldBack() == 0
            ? line
            : line + " (and " + last.heldBack() + " times since this was last logged)");
  }
}
