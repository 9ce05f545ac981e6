package org.sightline.edge.publish;

import java.util.UUID;
import org.sightline.edge.domain.VanId;

/** What a van answers to its control room; signed by its device. */
public sealed interface Receipt permits OutcomeReceipt, EngagementReceipt, WithdrawnAlert {
  UUID alert();

  /** What the device signs with it, so that no other message passes for one. */
  String signedType();

  /** Whether it is sent again until somebody has heard it: nothing else asks for it again. */
  default boolean isUntilHeard() {
    return false;
  }

  /** The message of a van, not yet signed. */
  byte[] encode(VanId van);
}
