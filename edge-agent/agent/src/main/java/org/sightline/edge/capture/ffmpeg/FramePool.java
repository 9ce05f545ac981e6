package org.sightline.edge.capture.ffmpeg;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The few frames of a source that may be open at once. Frames still open when the pool is closed
 * keep their pixels until they are given back. Thread-safe.
 */
final class FramePool implements AutoCloseable {
  /** One being decoded, one waiting, one in each stage after it, and some to spare. */
  static final int SLOTS = 8;

  private final Deque<FrameSlot> idle = new ArrayDeque<>(SLOTS);
  private int made;
  private boolean closed;

  /** Waits until a slot is idle; null once closed. */
  synchronized @Nullable FrameSlot take() throws InterruptedException {
    while (!closed && idle.isEmpty() && made == SLOTS) {
      wait();
    }
    if (closed) {
      return null;
    }
    FrameSlot slot = idle.poll();
    if (slot == null) {
      slot = new FrameSlot();
      made++;
    }
    return slot;
  }

  synchronized void giveBack(FrameSlot slot) {
    slot.clear();
    if (closed) {
      slot.close();
    } else {
      // The one used last: its memory is warm, and slots never needed are never made.
      idle.push(slot);
      notifyAll();
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(FrameSlot::close);
    idle.clear();
    notifyAll();
  }
}
