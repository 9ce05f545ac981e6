package org.sightline.edge.publish;

/**
 * Takes what arrives for a van. Nothing about a message is to be believed before its signature is
 * checked. Called on a thread of the connection: it hands over and returns.
 */
public interface Inbound {
  /** Takes nothing. */
  Inbound NONE = document -> {};

  /**
   * A message of the revocations topic.
   *
   * @param document no longer than {@link org.sightline.edge.crypto.DocumentFile#MAX_SIZE_BYTES}
   */
  void revocation(byte[] document);
}
