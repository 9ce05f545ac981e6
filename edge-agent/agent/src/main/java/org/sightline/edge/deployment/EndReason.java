package org.sightline.edge.deployment;

/** Why a deployment is over. */
public enum EndReason {
  /** The authorised end has come. */
  END_REACHED("end-reached"),
  /** Somebody closed it. */
  CLOSED("closed"),
  /** An authority revoked it. */
  REVOKED("revoked"),
  /** Its authorisation was urgent, and no second authority has confirmed it in time. */
  LAPSED("lapsed"),
  /** An authority has refused its urgent authorisation. */
  REFUSED("refused"),
  /** A key that had signed its authorisation was revoked. */
  AUTHORITY_REVOKED("authority-revoked"),
  /** A key that had signed its authorisation counts no more: its time is over, or it is gone. */
  AUTHORITY_LAPSED("authority-lapsed"),
  /** Its list has expired. */
  LIST_EXPIRED("list-expired");

  private final String word;

  EndReason(String word) {
    this.word = word;
  }

  /** The name in the data file, in receipts and in the audit log. */
  public String word() {
    return word;
  }

  static EndReason of(String word) {
    for (EndReason reason : values()) {
      if (reason.word.equals(word)) {
        return reason;
      }
    }
    throw new IllegalArgumentException("no reason for an end");
  }
}
