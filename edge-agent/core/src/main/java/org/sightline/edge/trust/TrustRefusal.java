package org.sightline.edge.trust;

/** Why a statement on keys changes nothing. */
public enum TrustRefusal {
  MALFORMED("the document is not a trust statement, or was altered"),
  NEWER_VERSION("the trust statement was made by a newer version"),
  BAD_SIGNATURE("the trust statement was altered after it was signed"),
  NO_DECIDER("a signer is not an authority of the settings, nor one that has taken its place"),
  TOO_FEW_SIGNATURES(
      "a trust statement needs the signatures of two authorities, the one revoked not counted"),
  OTHER_DEVICE("the trust statement is for other devices"),
  NOT_YET("the trust statement is from the future by this device's clock"),
  OLDER("what is known here of the key is from a later trust statement"),
  ALREADY("the key that the trust statement names is trusted here already, or has been revoked"),
  GONE("the key that the trust statement would replace does not count here, or was replaced"),
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
    return this == NO_DECIDER || this == NOT_YET || this == GONE;
  }
}
