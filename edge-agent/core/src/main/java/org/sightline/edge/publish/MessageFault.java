package org.sightline.edge.publish;

import java.util.Locale;

/** Why a control room does not take a message of a van. */
public enum MessageFault {
  UNSIGNED("is not signed"),
  OTHER_SIGNER("is signed by another device than the van's, or as another kind of message"),
  ALTERED("was altered after the van had signed it"),
  OTHER_VAN("is not about the van on whose topic it came"),
  UNKNOWN_DEVICE("cannot be checked: the device of the van is not known here"),
  UNUSABLE_IDENTITY("cannot be checked: the file of the van's device cannot be used"),
  UNSEALED("of a live deployment is not sealed"),
  SWAPPED("has the sealed part of another one"),
  UNREADABLE("is not what the contract says");

  private final String words;

  MessageFault(String words) {
    this.words = words;
  }

  /** What is said of the message. */
  public String words() {
    return words;
  }

  /** The word for other software. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
