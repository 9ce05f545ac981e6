package org.sightline.edge.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DeploymentStatus.End;
import org.sightline.edge.golden.Golden;

/** How the golden files of the end of a deployment were made, and what is in them. */
public final class GoldenDeployment {
  static final End END = new End(EndReason.CLOSED, "officer:1234", Golden.END);

  private GoldenDeployment() {}

  static DestructionReceipt receipt(DeviceKeys device, Sha256 list) {
    return new DestructionReceipt(
        Golden.DEPLOYMENT,
        device.identity().fingerprint(),
        new HeldList(list, 1, 2),
        DestructionReceipt.Ended.of(END),
        END.at().plusMillis(1500),
        "17:" + Sha256.of(new byte[] {17}),
        OptionalInt.empty());
  }

  /** Writes both to a folder. */
  public static void make(Path folder, DeviceKeys device, Sha256 list) throws Exception {
    Files.write(
        folder.resolve("destruction-receipt.v1.json"), receipt(device, list).sign(device).bytes());
    Path notes = Files.createTempDirectory("ended");
    new EndedDeployments(notes, device).put(Golden.DEPLOYMENT, END);
    try (Stream<Path> made = Files.list(notes)) {
      for (Path note : made.toList()) {
        Files.move(note, folder.resolve(Golden.ENDED));
      }
    }
    Files.delete(notes);
  }

  /** Whether a note is taken as that of the end, when it lies where it would be looked for. */
  public static boolean isEnd(byte[] note, Path folder, DeviceKeys device) throws Exception {
    Files.write(
        folder.resolve("fdd92af4ff0b7839cf737f39a38c2417839e4621e790932a6220787f043cf4d3.ended"),
        note);
    return new EndedDeployments(folder, device).of(Golden.DEPLOYMENT).equals(Optional.of(END));
  }
}
