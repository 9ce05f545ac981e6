package org.sightline.edge.trust;

/** Why a statement on keys changes nothing. */
public enum TrustRefusal {
  MALFORMED("the document is not a trust statement, or was altered"),
  NEWER_VERSION("the trust statement says what this version does not know"),
  BAD_SIGNATURE("the trust statement was altered after it was signed"),
  NO_DECIDER("a signer is no authority of the settings, nor one that has taken the place of one"),
  TOO_FEW_SIGNATURES(
      "a trust statement needs the signatures of two authorities, the one revoked not counted"),
  OTHER_DEVICE("the trust statement is for other devices"),
  NOT_YET("the trust statement is from the future by this device's clock"),
  OLDER("what is known here of the key is from a later trust statement"),
  ALREADY("the trust statement changes nothing: the key counts by the settings, or is gone"),
  GONE("the key that the trust statement would replace does not count here, or was replaced"),
  TOO_FEW_LEFT("fewer than two authorities would be left to decide on keys"),
  SAME_ID("another trust statement of the same id was applied before"),
  TOO_MANY("there are more trust statements than a device could need");

  private final String line;

  TrustRefusal(String line) {
    this.line = line;
  }

  /** The reason in one line, without a full stop. */
  public String line() {
    return line;
  }

  /** Whether another statement, or time, may make it count. */
  public boolean mayPass() {
    return this == NO_DECIDER || this == NOT_YET || this == GONE || this == TOO_FEW_LEFT;
  }
}
