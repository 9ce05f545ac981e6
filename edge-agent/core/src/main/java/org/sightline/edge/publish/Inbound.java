package org.sightline.edge.publish;

import java.util.List;
import java.util.Map;
import org.sightline.edge.domain.DeploymentId;

/**
 * Takes what arrives for a van. Nothing about a message is to be believed before its signature is
 * checked. Called on a thread of the connection, one message after another; a message counts as
 * received when the method returns, and comes again if the process dies before.
 */
public interface Inbound {
  /** Takes nothing. */
  Inbound NONE =
      new Inbound() {
        @Override
        public void revocation(byte[] document) {}

        @Override
        public void withdrawal(byte[] document) {}

        @Override
        public void ruling(byte[] document) {}

        @Override
        public void outcome(byte[] message) {}

        @Override
        public void tooLong() {}

        @Override
        public long ignored() {
          return 0;
        }
      };

  /**
   * A message of the revocations topic.
   *
   * @param document no longer than {@link org.sightline.edge.crypto.DocumentFile#MAX_SIZE_BYTES}
   */
  void revocation(byte[] document);

  /**
   * A message of a withdrawals topic.
   *
   * @param document no longer than {@link
   *     org.sightline.edge.authorisation.Withdrawal#MAX_SIZE_BYTES}
   */
  void withdrawal(byte[] document);

  /**
   * A message of a rulings topic.
   *
   * @param document no longer than {@link org.sightline.edge.authorisation.Ruling#MAX_SIZE_BYTES}
   */
  void ruling(byte[] document);

  /**
   * A message of a trust topic.
   *
   * @param document no longer than {@link org.sightline.edge.trust.TrustStatement#MAX_SIZE_BYTES}
   */
  default void trustStatement(byte[] document) {}

  /**
   * A message of the outcomes topic, which has engagements and requests for test alerts too.
   *
   * @param message no longer than {@link OutcomeMessage#MAX_SIZE_BYTES}
   */
  void outcome(byte[] message);

  /** A message that was longer; it is gone. */
  void tooLong();

  /** How many messages were not valid and changed nothing; the status shows it. */
  long ignored();

  /** Whether a test alert is raised now if the control room asks for one; the status shows it. */
  default boolean answersTests() {
    return false;
  }

  /**
   * What is to be answered now to outcomes and engagements that have arrived; may wait for the
   * disk. Called on the publisher's thread.
   */
  default List<Receipt> receipts() {
    return List.of();
  }

  /** A receipt has been sent. */
  default void receipted(Receipt receipt) {}

  /**
   * The signed receipts of refused deployments that the broker has still to take; as {@link
   * #receipts}.
   */
  default Map<DeploymentId, byte[]> discards() {
    return Map.of();
  }

  /** The broker has the receipt of a refused deployment. */
  default void discarded(DeploymentId deployment) {}
}
