package org.sightline.edge.domain;

import java.time.Duration;

/**
 * One frame of one camera. Its pixels belong to the frame until {@link #close()}, which gives them
 * back to the source for reuse: the taker of a frame closes it, once, and keeps nothing of it. Not
 * thread-safe; handed from one thread to the next.
 */
public final class Frame implements AutoCloseable {
  private final CameraId camera;
  private final long number;
  private final Duration streamTime;
  private final long capturedNanos;
  private final Picture picture;
  private final Runnable release;
  private boolean closed;

  /**
   * @param number counts the frames that the camera delivered, from 0
   * @param streamTime position on the camera's own monotonic time line: in a file the position in
   *     the clip, of a live camera the time since it was first opened. All reasoning about passes
   *     uses this clock and no other.
   * @param capturedNanos {@link System#nanoTime()} when the frame had arrived, for latency only
   * @param release gives the pixels back to their owner
   */
  public Frame(
      CameraId camera,
      long number,
      Duration streamTime,
      long capturedNanos,
      Picture picture,
      Runnable release) {
    this.camera = camera;
    this.number = number;
    this.streamTime = streamTime;
    this.capturedNanos = capturedNanos;
    this.picture = picture;
    this.release = release;
  }

  public CameraId camera() {
    return camera;
  }

  public long number() {
    return number;
  }

  public Duration streamTime() {
    return streamTime;
  }

  public long capturedNanos() {
    return capturedNanos;
  }

  /** The pixels; not to be touched after {@link #close()}. */
  public Picture picture() {
    if (closed) {
      throw new IllegalStateException("the frame is closed");
    }
    return picture;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      release.run();
    }
  }
}
