package org.sightline.edge.app;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.sightline.edge.domain.SightlineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rulings until each is applied or ignored. Refusals have their turn first, so that what is refused
 * is not confirmed by what lies beside the refusal. One that fails holds up no other. Not
 * thread-safe.
 */
final class DueRulings {
  private static final Logger LOG = LoggerFactory.getLogger(DueRulings.class);

  /** What is done with one. */
  interface Applying {
    /**
     * Applies or ignores a ruling.
     *
     * @throws SightlineException if it is to be tried again
     */
    void apply(byte[] document) throws SightlineException;
  }

  private final Comparator<byte[]> order;
  private final Applying applying;
  private final List<byte[]> due = new ArrayList<>();
  private boolean failing;

  /**
   * @param refusal whether a document is a refusal
   */
  DueRulings(Predicate<byte[]> refusal, Applying applying) {
    this.order = Comparator.comparing(document -> !refusal.test(document));
    this.applying = applying;
  }

  /** Those of a device. */
  static DueRulings of(Device device) {
    return new DueRulings(device.deployments()::isGenuineRefusal, device::rule);
  }

  boolean isEmpty() {
    return due.isEmpty();
  }

  /**
   * Applies those that arrived, and those that failed before.
   *
   * @return whether none is left
   */
  boolean apply(List<byte[]> arrived) {
    due.addAll(arrived);
    due.sort(order);
    List<byte[]> left = new ArrayList<>();
    for (byte[] document : due) {
      try {
        applying.apply(document);
      } catch (SightlineException | RuntimeException e) {
        if (!failing) {
          LOG.error("A ruling is not recorded yet, and is tried again: {}", e.getMessage());
        }
        failing = true;
        left.add(document);
      }
    }
    due.clear();
    due.addAll(left);
    failing = !left.isEmpty();
    return left.isEmpty();
  }
}
