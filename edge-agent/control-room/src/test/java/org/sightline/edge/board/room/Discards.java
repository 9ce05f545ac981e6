package org.sightline.edge.board.room;

import java.time.Instant;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;

/** What vans say of deployments that were refused. */
public final class Discards {
  private Discards() {}

  /** A signed receipt. */
  public static byte[] receipt(DeploymentId deployment, DeviceKeys by) {
    Sha256 some = Sha256.of(new byte[] {1});
    return new DiscardReceipt(
            deployment,
            by.identity().fingerprint(),
            new DiscardReceipt.Refused(some, some, some, Instant.EPOCH),
            new DiscardReceipt.Counts(1, 0, 0, 0, 0),
            Instant.EPOCH,
            "0")
        .sign(by)
        .bytes();
  }
}
