package org.sightline.edge.web;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.web.login.Session;

/**
 * Server-sent events to one browser. The sender of an event never waits: what the browser has not
 * taken yet waits in a queue, and when that is full the connection is cut; the page connects again
 * and gets a new snapshot. Thread-safe.
 */
abstract class EventStream extends IteratingCallback {
  private static final int MOST_WAITING = 500;

  private final Session session;
  private final Exchange exchange;
  private final Queue<byte[]> waiting = new ArrayDeque<>();
  private final AtomicBoolean failed = new AtomicBoolean();
  private boolean ending;

  EventStream(Session session, Exchange exchange) {
    this.session = session;
    this.exchange = exchange;
  }

  /** Is called once, when it has ended. */
  abstract void over();

  Session session() {
    return session;
  }

  void offer(byte[] event) {
    boolean full;
    synchronized (this) {
      full = waiting.size() >= MOST_WAITING;
      if (!full && !ending) {
        waiting.add(event);
      }
    }
    if (full) {
      cut();
    } else {
      iterate();
    }
  }

  /** Ends the stream after what waits. */
  void end() {
    synchronized (this) {
      ending = true;
    }
    iterate();
  }

  /**
   * A write that the browser does not take fails by this, and the stream with it; other streams of
   * the same connection continue.
   */
  private void cut() {
    fail(new IOException("the browser is too slow"));
  }

  private void fail(Throwable cause) {
    if (failed.compareAndSet(false, true)) {
      exchange.callback().failed(cause);
    }
  }

  @Override
  protected Action process() {
    byte[] next;
    boolean over;
    synchronized (this) {
      next = waiting.poll();
      over = ending;
    }
    if (next != null) {
      exchange.response().write(false, ByteBuffer.wrap(next), this);
      return Action.SCHEDULED;
    }
    return over ? Action.SUCCEEDED : Action.IDLE;
  }

  @Override
  protected void onCompleteSuccess() {
    exchange.response().write(true, BufferUtil.EMPTY_BUFFER, exchange.callback());
  }

  @Override
  protected void onCompleteFailure(Throwable cause) {
    fail(cause);
  }

  @Override
  protected void onCompleted(@Nullable Throwable causeOrNull) {
    over();
    super.onCompleted(causeOrNull);
  }
}
