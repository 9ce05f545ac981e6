package org.sightline.edge.console;

import org.jspecify.annotations.Nullable;

/** The preview of one camera, from the wish to see it on. Thread-safe. */
final class PreviewSlot {
  /** Long enough ago for all that is asked. */
  private long lookedNanos = System.nanoTime() - Previews.OLD.toNanos();

  private long takenNanos = lookedNanos;
  private long clearedNanos = lookedNanos;
  private boolean busy;
  private @Nullable Preview shown;
  private long shownNanos;

  synchronized @Nullable Preview look(long now) {
    lookedNanos = now;
    return last(now);
  }

  synchronized @Nullable Preview last(long now) {
    return shown != null && now - shownNanos < Previews.OLD.toNanos() ? shown : null;
  }

  /** Whether a frame is to be copied now; if so, none other is before that one is shown. */
  synchronized boolean takes(long now) {
    if (busy || !isLookedAt(now) || now - takenNanos < Previews.BETWEEN.toNanos()) {
      return false;
    }
    busy = true;
    takenNanos = now;
    return true;
  }

  private boolean isLookedAt(long now) {
    return now - lookedNanos < Previews.LOOKED_AT.toNanos();
  }

  synchronized void givenUp() {
    busy = false;
  }

  /**
   * Shows what came of the copy, unless it was taken before a {@link #clear}.
   *
   * @param ofNanos when the copy was taken
   */
  synchronized void show(Preview preview, long ofNanos) {
    busy = false;
    if (ofNanos - clearedNanos > 0) {
      shown = preview;
      shownNanos = ofNanos;
    }
  }

  synchronized void forgetUnlessLookedAt(long now) {
    if (!isLookedAt(now)) {
      shown = null;
    }
  }

  synchronized void clear() {
    shown = null;
    clearedNanos = System.nanoTime();
  }
}
