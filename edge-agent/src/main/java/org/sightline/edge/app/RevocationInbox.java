package org.sightline.edge.app;

import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.sightline.edge.publish.Inbound;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Messages that claim to be revocations, until the guard has looked at them. Thread-safe. */
final class RevocationInbox implements Inbound {
  private static final Logger LOG = LoggerFactory.getLogger(RevocationInbox.class);

  /** Nobody honest sends so many between two looks. */
  private static final int MOST_WAITING = 16;

  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(MOST_WAITING);

  @Override
  public void revocation(byte[] document) {
    if (!waiting.offer(document)) {
      LOG.warn("Too many revocations at once: one is left out");
    }
  }

  Optional<byte[]> next() {
    return Optional.ofNullable(waiting.poll());
  }
}
