package org.sightline.edge.capture;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Frame;

/**
 * The frames of one camera. A live source reconnects by itself, for ever, with back-off; a file
 * ends. Read by one thread; {@link #statistics()} and {@link #close()} may be called from any.
 */
public interface FrameSource extends AutoCloseable {

  /**
   * Waits for the next frame. At most a few frames may be open at a time: close each before taking
   * many more.
   *
   * @return the frame, to be closed by the caller; null when the file has ended or the source was
   *     closed
   * @throws CaptureException if a file cannot be opened or holds no picture; a live source never
   *     throws because of the camera
   */
  @Nullable Frame next() throws CaptureException, InterruptedException;

  CaptureStatistics statistics();

  /**
   * When reading last went a step further, of {@link System#nanoTime()}: also while a camera is
   * away and its source waits for it, and never while {@link #next()} hangs.
   */
  default long progressNanos() {
    return System.nanoTime();
  }

  /** Ends a waiting {@link #next()} within a second and releases the camera. */
  @Override
  void close();
}
