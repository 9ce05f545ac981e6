package org.sightline.edge.trust;

/** Why a key is revoked, as this version writes it. */
public enum RevokedKeyReason {
  /** Nobody knows where it is. */
  LOST("lost"),
  /** Somebody else may have it. */
  STOLEN("stolen"),
  /** Who had it does so no more. */
  RETIRED("retired"),
  /** It should never have been named. */
  NAMED_IN_ERROR("named-in-error"),
  /** A court or an oversight body says so. */
  ORDERED("ordered");

  private final String word;

  RevokedKeyReason(String word) {
    this.word = word;
  }

  /** The word in the document. */
  public String word() {
    return word;
  }

  @Override
  public String toString() {
    return word;
  }
}
