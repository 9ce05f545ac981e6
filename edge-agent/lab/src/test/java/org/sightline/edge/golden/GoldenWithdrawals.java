package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.signing.AuthorityKey;

/** How the golden files of withdrawals were made, once, by the keys of the others. */
final class GoldenWithdrawals {
  static final UUID ID = UUID.fromString("019ac9f0-0000-4000-8000-0000000000f1");
  static final Withdrawal.Content CONTENT =
      new Withdrawal.Content(new SubjectRef("S-0001"), "listed-in-error");

  private GoldenWithdrawals() {}

  static void make(Path folder, DeviceKeys device, AuthorityKey authority) throws Exception {
    Files.write(
        folder.resolve("withdrawal.v1.json"),
        Withdrawal.of(ID, Golden.DEPLOYMENT, Golden.REVOKED, CONTENT, device.identity())
            .sign(List.of(authority))
            .bytes());
    Files.write(
        folder.resolve("withdrawn-alert-signed.v1.json"),
        device.signMessage(
            WithdrawnAlert.SIGNED_TYPE, new WithdrawnAlert(Golden.ALERT).encode(Golden.VAN)));
  }
}
