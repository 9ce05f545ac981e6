package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.setup.BoxKeys;
import org.sightline.edge.setup.SealedBy;
import org.sightline.edge.watchlist.ListFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code device renew}. */
@Command(
    name = "renew",
    description = {
      "Makes new keys for a box whose own cannot be opened any more. Needs root.",
      "",
      "The box is another device then: authorities get its new identity, and make authorisation and"
          + " list for it. Refused as long as the old keys can be opened, or a list is on the box.",
      "",
      "The old keys stay beside the new ones, sealed as they are, as NAME.cred.1.lost, the next time"
          + " as NAME.cred.2.lost, and so on: the board and disk that they were sealed on open them"
          + " and what they sealed, and nothing else does."
    },
    footer = {"", "Example:", "  sudo sightline device renew --config /etc/sightline/agent.yaml"})
final class DeviceRenewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private SealedKeysOption keys;

  @Option(
      names = "--without-tpm",
      description =
          "Seal to the key on the disk alone where the old keys were sealed to a TPM that this box"
              + " no longer has. A stolen disk gives the keys away then.")
  private boolean withoutTpm;

  @Override
  public Integer call() throws SightlineException {
    Path sealed = keys.sealed();
    Path data = keys.settings().folders().data();
    if (ListFiles.areIn(data)) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          "a list is on this box",
          data.toString(),
          "destroy it first: runuser --user sightline -- sightline deployment close --by NUMBER"
              + " --config "
              + keys.file());
    }
    Optional<SealedBy> by =
        BoxKeys.ofThisMachine().replaceLost(sealed, keys.identity(), withoutTpm);
    PrintWriter out = spec.commandLine().getOut();
    out.println(SealedKeysOption.line(sealed, by));
    out.println(
        "%s  device %s (for the authorities)"
            .formatted(
                keys.identity(), DeviceIdentity.read(keys.identity()).fingerprint().shortForm()));
    return 0;
  }
}
