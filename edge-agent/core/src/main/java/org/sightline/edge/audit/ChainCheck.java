package org.sightline.edge.audit;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One pass over the lines of a log. Up to the first line that does not fit, it keeps the newest
 * head alone; from there on, what the remaining lines say about that place. One thread.
 */
final class ChainCheck {
  private final Deque<AuditHead> published;
  private AuditHead newest = AuditHead.START;
  private long publishedUpTo;
  private @Nullable AuditHead misfit;
  private @Nullable Break broken;
  private @Nullable AuditVerdict verdict;

  ChainCheck(Collection<AuditHead> published) {
    this.published =
        new ArrayDeque<>(
            published.stream()
                .filter(head -> head.sequence() > 0)
                .sorted(Comparator.comparingLong(AuditHead::sequence))
                .toList());
  }

  /** Takes the next line, without its end. */
  void line(byte[] line) {
    if (verdict != null) {
      return;
    }
    Optional<AuditLine> record =
        line.length > AuditVerifier.LONGEST_LINE_BYTES ? Optional.empty() : AuditLine.parse(line);
    if (broken != null) {
      record.ifPresent(broken::also);
    } else if (misfit != null) {
      verdict = notPublished(misfit, record);
    } else if (record.isEmpty()) {
      verdict = new AuditVerdict.Altered(newest.sequence() + 1);
    } else {
      follow(record.get());
    }
  }

  private void follow(AuditLine record) {
    long expected = newest.sequence() + 1;
    boolean fits = record.previous().equals(newest.hash());
    if (fits && record.sequence() == expected) {
      accept(record.head());
    } else if (fits) {
      verdict = new AuditVerdict.Altered(expected); // it follows, but under a wrong number
    } else {
      broken = new Break(newest, publishedUpTo == newest.sequence(), published.peek(), record);
    }
  }

  private void accept(AuditHead head) {
    newest = head;
    boolean confirmed = false;
    while (!published.isEmpty() && published.peek().sequence() == head.sequence()) {
      AuditHead said = published.remove();
      if (said.equals(head)) {
        confirmed = true;
      } else if (misfit == null) {
        misfit = said;
      }
    }
    if (confirmed && misfit == null) {
      publishedUpTo = head.sequence();
    }
  }

  /** The newest record is not what was published: was it altered alone, or the log from before? */
  private AuditVerdict notPublished(AuditHead head, Optional<AuditLine> next) {
    boolean nextFits = next.filter(r -> r.previous().equals(newest.hash())).isPresent();
    boolean nextKnowsTheOther = next.filter(r -> r.previous().equals(head.hash())).isPresent();
    boolean onlyThisOne = publishedUpTo == head.sequence() - 1;
    return nextKnowsTheOther || (onlyThisOne && !nextFits)
        ? new AuditVerdict.Altered(head.sequence())
        : new AuditVerdict.OtherHistory(publishedUpTo, head);
  }

  /** The verdict after the last line. */
  AuditVerdict verdict() {
    if (verdict != null) {
      return verdict;
    }
    if (broken != null) {
      return broken.verdict();
    }
    if (misfit != null) {
      return notPublished(misfit, Optional.empty());
    }
    return published.isEmpty()
        ? new AuditVerdict.Intact(newest, publishedUpTo)
        : new AuditVerdict.Cut(newest.sequence(), published.remove());
  }
}
