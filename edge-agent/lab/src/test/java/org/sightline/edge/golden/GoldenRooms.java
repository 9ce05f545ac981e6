package org.sightline.edge.golden;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.trust.RoomAct;
import org.sightline.edge.trust.TrustStatement.Act;

/** How the golden files of trust statements about control rooms were made, once. */
final class GoldenRooms {
  private GoldenRooms() {}

  /** What is said of the control room of the others, by the name of its file. */
  static Map<String, Act> acts(ControlRoomIdentity room) {
    return Map.of(
        "trust-name-room.v1.json",
        new RoomAct.Name(
            room, other(), "Night desk – “é”", Optional.of(Golden.START), Optional.of(Golden.END)),
        "trust-replace-room.v1.json",
        new RoomAct.Replace(room, other(), "Northern room", Optional.of(Golden.REVOKED)),
        "trust-revoke-room.v1.json",
        new RoomAct.Revoke(room, "named-in-error"));
  }

  /** A control room whose keys anybody can work out. */
  private static ControlRoomIdentity other() {
    byte[] sealing =
        HexFormat.of()
            .parseHex(Sha256.of("room sealing".getBytes(StandardCharsets.US_ASCII)).hex());
    String verifying =
        new String(
            CanonicalJson.write(KnownKeys.authority("room").publicKey()),
            StandardCharsets.US_ASCII);
    String content =
        "{\"sealingKey\":\"%s\",\"verifyingKey\":%s}"
            .formatted(Base64.getEncoder().encodeToString(sealing), verifying);
    return CanonicalJson.read(
            content.getBytes(StandardCharsets.US_ASCII), ControlRoomIdentity.class)
        .orElseThrow();
  }

  static void make(
      Path folder,
      DeviceKeys device,
      ControlRoomIdentity room,
      AuthorityKey first,
      AuthorityKey second)
      throws Exception {
    for (Map.Entry<String, Act> each : acts(room).entrySet()) {
      Files.write(
          folder.resolve(each.getKey()),
          GoldenTrust.statement(device, each.getValue()).sign(List.of(first, second)).bytes());
    }
  }
}
