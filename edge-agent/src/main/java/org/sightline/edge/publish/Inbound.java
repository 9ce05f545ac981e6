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
   * @param document at most {@value #MAX_DOCUMENT_BYTES} bytes
   */
  void revocation(byte[] document);

  /** Longer messages are left out unread: no document is as long. */
  int MAX_DOCUMENT_BYTES = 64 * 1024;
}
