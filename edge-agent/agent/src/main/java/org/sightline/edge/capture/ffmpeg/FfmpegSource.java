package org.sightline.edge.capture.ffmpeg;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.CaptureStatistics;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.capture.StreamProperties;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Picture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What clips and cameras have in common: frames handed out, counted, and an orderly end. */
abstract sealed class FfmpegSource implements MeasuredSource permits FileSource, LiveSource {

  /**
   * The time of a frame.
   *
   * @param streamNanos on the source's own time line
   * @param capturedNanos of {@link System#nanoTime()}
   */
  record Moment(long streamNanos, long capturedNanos) {}

  private static final Logger LOG = LoggerFactory.getLogger(FfmpegSource.class);
  private static final Duration CLOSING = Duration.ofMillis(900);

  private final CameraId camera;
  private final FramePool pool = new FramePool();
  private final ReentrantLock reading = new ReentrantLock();
  private final AtomicLong framesRead = new AtomicLong();
  private final AtomicLong framesBroken = new AtomicLong();
  private final AtomicLong reconnects = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final Interrupt interrupt;
  private volatile boolean connected;
  private volatile long progressNanos = System.nanoTime();
  private volatile @Nullable StreamProperties stream;
  private boolean released;

  FfmpegSource(CameraId camera, Interrupt interrupt) {
    this.camera = camera;
    this.interrupt = interrupt;
  }

  /**
   * Fills the frame with the next picture, however long that takes.
   *
   * @return null when there will be no more
   */
  abstract @Nullable Moment advance(AVFrame frame) throws CaptureException, InterruptedException;

  /** Frees what reading holds; called once, never during {@link #advance}. */
  abstract void release();

  @Override
  public final @Nullable Frame next() throws CaptureException, InterruptedException {
    reading.lockInterruptibly();
    try {
      FrameSlot slot = pool.take();
      return slot == null ? null : fill(slot);
    } catch (CaptureException e) {
      if (interrupt.isRaised()) {
        return null; // closed meanwhile, as between two rounds of a clip
      }
      throw e;
    } finally {
      if (interrupt.isRaised()) {
        releaseOnce();
      }
      reading.unlock();
    }
  }

  private @Nullable Frame fill(FrameSlot slot) throws CaptureException, InterruptedException {
    boolean handedOut = false;
    try {
      while (true) {
        progressed();
        Moment moment = advance(slot.decoded());
        if (moment == null) {
          return null;
        }
        Picture picture = pictureOf(slot);
        if (picture != null) {
          handedOut = true;
          return new Frame(
              camera,
              framesRead.getAndIncrement(),
              Duration.ofNanos(moment.streamNanos()),
              moment.capturedNanos(),
              picture,
              () -> pool.giveBack(slot));
        }
        countBroken();
        slot.clear();
      }
    } finally {
      if (!handedOut) {
        pool.giveBack(slot);
      }
    }
  }

  /** Null for a frame of a form that nobody can show, which costs this frame alone. */
  private @Nullable Picture pictureOf(FrameSlot slot) {
    try {
      return slot.picture();
    } catch (RuntimeException e) {
      LOG.debug("A frame of camera {} cannot be shown", camera, e);
      return null;
    }
  }

  final CameraId camera() {
    return camera;
  }

  final Interrupt interrupt() {
    return interrupt;
  }

  final void progressed() {
    progressNanos = System.nanoTime();
  }

  @Override
  public final long progressNanos() {
    return progressNanos;
  }

  final void countBroken() {
    framesBroken.incrementAndGet();
  }

  final void countReconnect() {
    reconnects.incrementAndGet();
  }

  final void countFailure() {
    failures.incrementAndGet();
  }

  final void connected(boolean flowing) {
    connected = flowing;
  }

  final void describe(Media media, AVFrame frame, long bytesBefore) {
    Shown shown = Shown.of(frame);
    stream =
        new StreamProperties(
            media.codecName(),
            shown.widthPx(),
            shown.heightPx(),
            media.nominalFramesPerSecond(),
            media.keyPictures(),
            bytesBefore + media.bytesRead());
  }

  @Override
  public final CaptureStatistics statistics() {
    return new CaptureStatistics(
        framesRead.get(), framesBroken.get(), reconnects.get(), failures.get(), connected);
  }

  @Override
  public final @Nullable StreamProperties stream() {
    return stream;
  }

  @Override
  public final void close() {
    interrupt.raise();
    pool.close();
    connected = false;
    // A reader inside a call that cannot be ended, such as a name look-up, releases when it
    // returns.
    if (locked()) {
      try {
        releaseOnce();
      } finally {
        reading.unlock();
      }
    }
  }

  private boolean locked() {
    try {
      return reading.tryLock(CLOSING.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return reading.tryLock();
    }
  }

  private void releaseOnce() {
    if (!released) {
      released = true;
      release();
      interrupt.close();
    }
  }
}
