package org.sightline.edge.audit;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.Sha256;

/**
 * The first place at which a record does not name the one before it. Which of the two is to blame,
 * or whether one is missing between them, is said by the rest of the log: by the record that
 * belongs there, wherever it stands, and by the successor of that one, which names its hash. One
 * thread.
 */
final class Break {
  private final AuditHead before;
  private final boolean beforeIsCertain;
  private final @Nullable AuditHead published;
  private final AuditLine inPlace;
  private @Nullable AuditLine belonging;
  private @Nullable AuditLine successor;

  /**
   * @param before the record before the break, which fits all before it
   * @param beforeIsCertain whether a published head, too, confirms it
   * @param published the oldest published head after it
   * @param inPlace what comes next
   */
  Break(
      AuditHead before, boolean beforeIsCertain, @Nullable AuditHead published, AuditLine inPlace) {
    this.before = before;
    this.beforeIsCertain = beforeIsCertain;
    this.published = published;
    this.inPlace = inPlace;
    also(inPlace);
  }

  private long sequence() {
    return before.sequence() + 1;
  }

  /** Takes the next record of the log. */
  void also(AuditLine record) {
    if (belonging == null && record.sequence() == sequence()) {
      belonging = record;
    }
    if (successor == null && record.sequence() == sequence() + 1) {
      successor = record;
    }
  }

  /** The verdict after the last record. */
  AuditVerdict verdict() {
    if (belonging == null) {
      return inPlace.sequence() > sequence() ? new AuditVerdict.Missing(sequence()) : reordered();
    }
    boolean moved = inPlace.sequence() != sequence();
    if (moved && belonging.previous().equals(before.hash())) {
      return reordered();
    }
    // It names another record before it. Was that one altered, or what it says of it?
    if (!beforeIsCertain && isVouchedFor(belonging)) {
      return new AuditVerdict.Altered(before.sequence());
    }
    if (moved) {
      return reordered();
    }
    return beforeIsCertain || isVouchedFor(belonging.after(before.hash()))
        ? new AuditVerdict.Altered(sequence())
        : new AuditVerdict.Contradictory(before.sequence());
  }

  private AuditVerdict reordered() {
    return new AuditVerdict.Reordered(sequence(), inPlace.sequence());
  }

  private boolean isVouchedFor(AuditLine record) {
    AuditHead head = record.head();
    Sha256 named = successor == null ? null : successor.previous();
    return head.hash().equals(named) || head.equals(published);
  }
}
