package org.sightline.edge.board.room;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.OutcomeReceipt;

/**
 * What a van has answered to an outcome. Immutable.
 *
 * @param outcome the one that stands at the van; null if none does
 * @param auditHead of the van's audit log, which records it; null if it does not
 * @param at by this board's clock
 */
public record Confirmation(
    OutcomeReceipt.Result result,
    @Nullable Outcome outcome,
    @Nullable String auditHead,
    Instant at) {

  static Confirmation of(OutcomeReceipt receipt, Instant now) {
    return new Confirmation(
        receipt.result(),
        receipt.outcome(),
        receipt.auditHead() == null ? null : receipt.auditHead().toString(),
        now);
  }

  /** Whether it says nothing that the other has not said. */
  boolean repeats(@Nullable Confirmation other) {
    return other != null && result == other.result && outcome == other.outcome;
  }

  /** Whether the van will say nothing else. */
  boolean isLast() {
    return result != OutcomeReceipt.Result.NOT_STORED;
  }
}
