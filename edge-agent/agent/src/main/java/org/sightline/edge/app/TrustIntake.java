package org.sightline.edge.app;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.trust.TrustStatement.Claim;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trust statements that arrive as messages. What is not genuine, or comes again, takes no place;
 * the others are kept, to be tried again. Those that are signed by authorities alone have places
 * that nobody else can take: who has one statement and puts other signatures beside the good ones
 * crowds out others of that kind alone. Thread-safe.
 */
final class TrustIntake {
  private static final Logger LOG = LoggerFactory.getLogger(TrustIntake.class);

  /** More than the broker keeps for an honest device. */
  static final int MOST_WAITING = 256;

  /** Such as those whose second signer becomes an authority by another statement. */
  static final int MOST_IN_PART = 32;

  private final Function<byte[], Optional<Claim>> claims;

  /** By what is said and by whom: one of each is enough. */
  private final Places<Claim> whole = new Places<>(MOST_WAITING);

  private final Places<Sha256> inPart = new Places<>(MOST_IN_PART);
  private final LineLimit lines = new LineLimit();
  private long ignored;

  /** What is kept, and which of it is to be handed over; the oldest that is not gives way. */
  private static final class Places<K> {
    private final int most;
    private final Map<K, byte[]> known = new LinkedHashMap<>();
    private final Set<K> waiting = new LinkedHashSet<>();

    Places(int most) {
      this.most = most;
    }

    /** Whether it has a place now. */
    boolean take(K key, byte[] document) {
      if (known.containsKey(key)) {
        return true;
      }
      if (waiting.size() == most) {
        return false;
      }
      if (known.size() == most) {
        known.keySet().stream()
            .filter(each -> !waiting.contains(each))
            .findFirst()
            .ifPresent(known::remove);
      }
      known.put(key, document);
      waiting.add(key);
      return true;
    }

    List<byte[]> handedOver() {
      List<byte[]> documents = waiting.stream().map(known::get).toList();
      waiting.clear();
      return documents;
    }

    void again() {
      waiting.addAll(known.keySet());
    }
  }

  /**
   * @param claims what a document is, if an authority that decides has signed it; it touches no
   *     disk
   */
  TrustIntake(Function<byte[], Optional<Claim>> claims) {
    this.claims = claims;
  }

  /** That of a device. */
  static TrustIntake of(Device device) {
    return new TrustIntake(device.deployments().trust()::claim);
  }

  /** Takes a message that claims to be one. */
  synchronized void take(byte[] document) {
    Optional<Claim> claim = claims.apply(document);
    if (claim.isEmpty()) {
      ignore("not a trust statement of authorities that decide on keys here");
    } else if (!(claim.get().whole()
        ? whole.take(claim.get(), document)
        : inPart.take(Sha256.of(document), document))) {
      ignore("too many trust statements at once");
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
    return Stream.concat(whole.handedOver().stream(), inPart.handedOver().stream()).toList();
  }

  /** Has all that have come wait again: what was too early may count now. */
  synchronized void again() {
    whole.again();
    inPart.again();
  }
}
