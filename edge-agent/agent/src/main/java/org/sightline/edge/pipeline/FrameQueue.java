package org.sightline.edge.pipeline;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;

/**
 * Frames on their way from the cameras to the analysis, oldest first over all cameras. Holds few: a
 * frame that waits is late. Thread-safe.
 */
final class FrameQueue {
  private final int capacityPerCamera;
  private final PipelineCounters counters;
  private final Consumer<CameraId> dropped;
  private final Deque<Frame> waiting = new ArrayDeque<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean closed;

  /**
   * @param dropped is called for each frame given up, with the queue's lock held
   */
  FrameQueue(int capacityPerCamera, PipelineCounters counters, Consumer<CameraId> dropped) {
    this.dropped = dropped;
    this.capacityPerCamera = capacityPerCamera;
    this.counters = counters;
  }

  /** Adds a frame; if its camera has its share waiting, that camera's oldest is given up for it. */
  void offer(Frame frame) {
    lock.lock();
    try {
      if (closed) {
        frame.close();
        return;
      }
      if (waitingOf(frame.camera()) >= capacityPerCamera) {
        dropOldestOf(frame.camera());
      }
      waiting.add(frame);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Adds a frame, waiting until its camera has room: for clips that may not lose any. */
  void put(Frame frame) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (!closed && waitingOf(frame.camera()) >= capacityPerCamera) {
        changed.await();
      }
      if (closed) {
        frame.close();
        return;
      }
      waiting.add(frame);
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the frames that have waited longest, at most one of each camera.
   *
   * @param most at least 1
   * @return in the order in which they came; empty if none came within the time
   */
  List<Frame> take(Duration atMost, int most) throws InterruptedException {
    long leftNanos = atMost.toNanos();
    lock.lockInterruptibly();
    try {
      while (!closed && waiting.isEmpty() && leftNanos > 0) {
        leftNanos = changed.awaitNanos(leftNanos);
      }
      List<Frame> taken = new ArrayList<>(most);
      long now = System.nanoTime();
      Set<CameraId> cameras = new HashSet<>();
      for (var each = waiting.iterator(); each.hasNext() && taken.size() < most; ) {
        Frame frame = each.next();
        if (cameras.add(frame.camera())) {
          each.remove();
          taken.add(frame);
          counters.waited(now - frame.capturedNanos());
        }
      }
      changed.signalAll();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Whether the queue is closed and nothing waits any more. */
  boolean isFinished() {
    lock.lock();
    try {
      return closed && waiting.isEmpty();
    } finally {
      lock.unlock();
    }
  }

  /** Lets nothing more in; what waits can still be taken. */
  void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Closes the queue and gives up what waits. */
  void discard() {
    lock.lock();
    try {
      closed = true;
      waiting.forEach(Frame::close);
      waiting.clear();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private int waitingOf(CameraId camera) {
    int count = 0;
    for (Frame each : waiting) {
      count += each.camera().equals(camera) ? 1 : 0;
    }
    return count;
  }

  private void dropOldestOf(CameraId camera) {
    for (var each = waiting.iterator(); each.hasNext(); ) {
      Frame frame = each.next();
      if (frame.camera().equals(camera)) {
        each.remove();
        frame.close();
        counters.framesDropped.increment();
        dropped.accept(camera);
        return;
      }
    }
  }
}
