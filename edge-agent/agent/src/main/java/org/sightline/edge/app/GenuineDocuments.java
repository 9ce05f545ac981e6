package org.sightline.edge.app;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.publish.LineLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signed documents of one kind that arrive as messages, until they are applied. What is not
 * genuine, or comes again, takes no place. Thread-safe.
 */
class GenuineDocuments {
  private static final Logger LOG = LoggerFactory.getLogger(GenuineDocuments.class);

  private final String kind;
  private final int mostWaiting;
  private final Predicate<byte[]> genuine;
  private final BlockingQueue<byte[]> waiting;
  private final Set<Sha256> known = new LinkedHashSet<>();
  private final LineLimit lines = new LineLimit();
  private long ignored;

  /**
   * @param kind such as {@code withdrawal}, to which an {@code s} makes more of them
   * @param mostWaiting that wait, and that are known when they come again
   * @param genuine whether a document is signed as it should be; it touches no disk
   */
  GenuineDocuments(String kind, int mostWaiting, Predicate<byte[]> genuine) {
    this.kind = kind;
    this.mostWaiting = mostWaiting;
    this.genuine = genuine;
    this.waiting = new ArrayBlockingQueue<>(mostWaiting);
  }

  /** Takes a message that claims to be one. */
  final void take(byte[] document) {
    Sha256 digest = Sha256.of(document);
    if (isKnown(digest)) {
      return;
    }
    if (!genuine.test(document)) {
      ignore("not a " + kind + " that an authority trusted here has signed");
    } else if (waiting.offer(document)) {
      remember(digest);
    } else {
      ignore("too many " + kind + "s at once");
    }
  }

  private synchronized boolean isKnown(Sha256 digest) {
    return known.contains(digest);
  }

  private synchronized void remember(Sha256 digest) {
    if (known.size() == mostWaiting) {
      known.remove(known.iterator().next());
    }
    known.add(digest);
  }

  private void ignore(String why) {
    synchronized (this) {
      ignored++;
    }
    lines.due("Ignoring message: " + why).ifPresent(LOG::warn);
  }

  /** How many changed nothing. */
  final synchronized long ignored() {
    return ignored;
  }

  /** All that wait, which are handed over. */
  final List<byte[]> arrived() {
    List<byte[]> documents = new ArrayList<>();
    waiting.drainTo(documents);
    return documents;
  }
}
