package org.sightline.edge.capture.ffmpeg;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * Ends FFmpeg's blocking calls: for good once {@link #raise() raised}, and each time its deadline
 * passes. Raised from any thread; the rest belongs to the reading thread.
 */
final class Interrupt implements AutoCloseable {
  /** Far enough to be never, near enough that differences of nanoTime do not overflow. */
  private static final long NEVER_NANOS = Long.MAX_VALUE / 4;

  private static final AtomicLong NEXT_ID = new AtomicLong(1);
  private static final Map<Long, Interrupt> OPEN = new ConcurrentHashMap<>();

  /** One for all sources: JavaCPP has room for ten native callbacks of a kind. */
  private static final AVIOInterruptCB.Callback_Pointer CALLBACK = new Callback();

  private final long id = NEXT_ID.getAndIncrement();
  private final CountDownLatch raised = new CountDownLatch(1);
  private volatile long deadlineNanos = System.nanoTime() + NEVER_NANOS;
  private @Nullable Closeable transport;

  Interrupt() {
    OPEN.put(id, this);
  }

  void attachTo(AVFormatContext format) {
    format.interrupt_callback().callback(CALLBACK).opaque(new Tag(id));
  }

  /** Ends every call, now and later. */
  void raise() {
    raised.countDown();
    Closeable open;
    synchronized (this) {
      open = transport;
      transport = null;
    }
    closeQuietly(open);
  }

  boolean isRaised() {
    return raised.getCount() == 0;
  }

  /** Ends calls from that moment of {@link System#nanoTime()} on. */
  void expireAt(long nanos) {
    deadlineNanos = nanos;
  }

  void expireAfter(Duration time) {
    deadlineNanos = System.nanoTime() + time.toNanos();
  }

  boolean isDue() {
    return isRaised() || System.nanoTime() - deadlineNanos >= 0;
  }

  /**
   * Sleeps, but not past being raised.
   *
   * @return whether it was raised
   */
  boolean sleep(long nanos) throws InterruptedException {
    return raised.await(nanos, TimeUnit.NANOSECONDS);
  }

  /** Closes a socket of Java's own, on which FFmpeg's callback has no hold, when raised. */
  void closeWhenRaised(Closeable socket) {
    synchronized (this) {
      transport = socket;
    }
    if (isRaised()) {
      closeQuietly(socket);
    }
  }

  private static void closeQuietly(@Nullable Closeable open) {
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        // The connection is given up either way.
      }
    }
  }

  @Override
  public void close() {
    OPEN.remove(id);
  }

  /** A number that travels through FFmpeg as if it were an address; never followed. */
  private static final class Tag extends Pointer {
    Tag(long number) {
      address = number;
    }
  }

  private static final class Callback extends AVIOInterruptCB.Callback_Pointer {
    @Override
    public int call(Pointer tag) {
      Interrupt interrupt = OPEN.get(tag.address());
      return interrupt == null || interrupt.isDue() ? 1 : 0;
    }
  }
}
