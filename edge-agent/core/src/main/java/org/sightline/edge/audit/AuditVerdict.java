package org.sightline.edge.audit;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/**
 * What an {@link AuditVerifier} found: the first place at which a log is not what it was, or none.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "verdict")
public sealed interface AuditVerdict {
  /** The verdict in one line, without a full stop. */
  @JsonProperty
  String line();

  /**
   * Every record fits the one before and every published head.
   *
   * @param head the newest record; its sequence is the number of records
   * @param publishedUpTo the newest record that a published head names, 0 if none does: later ones
   *     fit each other, but nothing says that they are all, or that nobody rewrote them
   */
  @JsonTypeName("intact")
  record Intact(AuditHead head, long publishedUpTo) implements AuditVerdict {
    @Override
    public String line() {
      String published =
          publishedUpTo == 0
              ? "no published head to compare with, so that a tail cut off or rewritten is not"
                  + " seen"
              : "as published up to record " + publishedUpTo;
      return "intact: " + head.sequence() + " records, head " + head + "; " + published;
    }
  }

  /** The record, or what is in its place, does not have the bytes that it was written with. */
  @JsonTypeName("altered")
  record Altered(long sequence) implements AuditVerdict {
    @Override
    public String line() {
      return "altered: record " + sequence;
    }
  }

  /**
   * The next record does not fit this one, and neither a later record nor a published head says
   * which of the two was altered; or both were.
   */
  @JsonTypeName("contradictory")
  record Contradictory(long sequence) implements AuditVerdict {
    @Override
    public String line() {
      return "altered: record " + sequence + " or record " + (sequence + 1) + ", or both";
    }
  }

  /**
   * The record is nowhere in the log, but later ones are.
   *
   * @param sequence the first that is missing
   */
  @JsonTypeName("missing")
  record Missing(long sequence) implements AuditVerdict {
    @Override
    public String line() {
      return "missing: record " + sequence;
    }
  }

  /**
   * In place of one record stands another: moved there, or repeated.
   *
   * @param sequence the record that should stand there
   * @param found the one that does
   */
  @JsonTypeName("reordered")
  record Reordered(long sequence, long found) implements AuditVerdict {
    @Override
    public String line() {
      return "reordered: record " + found + " is in the place of record " + sequence;
    }
  }

  /**
   * The log ends too early.
   *
   * @param last the last record that is there; the first that is not comes after it
   * @param published the oldest published head beyond it
   */
  @JsonTypeName("cut")
  record Cut(long last, AuditHead published) implements AuditVerdict {
    @Override
    public String line() {
      return "cut: ends with record " + last + ", but record " + published + " was published";
    }
  }

  /**
   * The log is consistent, but not the one that was published: a record after {@code fitting} and
   * not after {@code published} was altered, and those that follow it were rewritten.
   *
   * @param fitting the newest record before that a published head confirms, 0 if none does
   * @param published the first published head that does not fit
   */
  @JsonTypeName("other-history")
  record OtherHistory(long fitting, AuditHead published) implements AuditVerdict {
    @Override
    public String line() {
      return "other history: not the log that was published as "
          + published
          + "; rewritten from a record between "
          + (fitting + 1)
          + " and "
          + published.sequence();
    }
  }
}
