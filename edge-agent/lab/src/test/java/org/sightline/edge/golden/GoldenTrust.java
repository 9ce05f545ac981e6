package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustStatement.Act;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;

/** How the golden files of trust statements were made, once, by the keys of the others. */
final class GoldenTrust {
  private static final AuthorityPublicKey THIRD = KnownKeys.authority("third").publicKey();

  /** What is said, by the name of its file. */
  static final Map<String, Act> ACTS =
      Map.of(
          "trust-name.v1.json",
          new Name(
              THIRD, "Northern force – “é”", Optional.of(Golden.START), Optional.of(Golden.END)),
          "trust-replace.v1.json",
          new Replace(
              KnownKeys.authority("first").publicKey(),
              THIRD,
              "Supt 1234",
              Optional.of(Golden.REVOKED)),
          "trust-revoke.v1.json",
          new Revoke(THIRD, "named-in-error"));

  private GoldenTrust() {}

  static TrustStatement statement(DeviceKeys device, Act act) {
    return new TrustStatement(
        UUID.fromString("019ac9f0-0000-4000-8000-0000000000f3"),
        List.of(device.identity().fingerprint()),
        Golden.START,
        act);
  }

  static void make(Path folder, DeviceKeys device, AuthorityKey first, AuthorityKey second)
      throws Exception {
    for (Map.Entry<String, Act> each : ACTS.entrySet()) {
      Files.write(
          folder.resolve(each.getKey()),
          statement(device, each.getValue()).sign(List.of(first, second)).bytes());
    }
  }
}
