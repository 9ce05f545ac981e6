package org.sightline.edge.app;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.publish.LineLimit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trust statements that arrive as messages. What is not genuine, or comes again, takes no place;
 * the others are kept, to be tried again. Thread-safe.
 */
final class TrustIntake {
  private static final Logger LOG = LoggerFactory.getLogger(TrustIntake.class);

  /** More than the broker keeps for an honest device. */
  static final int MOST_WAITING = 256;

  private final Predicate<byte[]> genuine;
  private final Map<Sha256, byte[]> known = new LinkedHashMap<>();
  private final Set<Sha256> waiting = new LinkedHashSet<>();
  private final LineLimit lines = new LineLimit();
  private long ignored;

  /**
   * @param genuine whether an authority that decides has signed a document; it touches no disk
   */
  TrustIntake(Predicate<byte[]> genuine) {
    this.genuine = genuine;
  }

  /** That of a device. */
  static TrustIntake of(Device device) {
    return new TrustIntake(device.deployments().trust()::isGenuine);
  }

  /** Takes a message that claims to be one. */
  synchronized void take(byte[] document) {
    Sha256 digest = Sha256.of(document);
    if (known.containsKey(digest)) {
      return;
    }
    if (!genuine.test(document)) {
      ignore("not a trust statement of authorities that decide on keys here");
    } else if (waiting.size() == MOST_WAITING) {
      ignore("too many trust statements at once");
    } else {
      if (known.size() == MOST_WAITING) {
        known.keySet().stream()
            .filter(each -> !waiting.contains(each))
            .findFirst()
            .ifPresent(known::remove);
      }
      known.put(digest, document);
      waiting.add(digest);
    }
  }

  private void ignore(String why) {
    ignored++;
    lines.due("Ignoring message: " + why).ifPresent(LOG::warn);
  }

  synchronized long ignored() {
    return ignored;
  }

  /** All that wait, which are handed over. */
  synchronized List<byte[]> arrived() {
    List<byte[]> documents = waiting.stream().map(known::get).toList();
    waiting.clear();
    return documents;
  }

  /** Has all that have come wait again: what was too early may count now. */
  synchronized void again() {
    waiting.addAll(known.keySet());
  }
}
