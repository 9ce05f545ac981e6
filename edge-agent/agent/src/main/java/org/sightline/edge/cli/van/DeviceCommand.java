package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.NewFiles;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What concerns one box. */
@Command(
    name = "device",
    description = "The keys of a device.",
    subcommands = {DeviceCommand.Init.class, DeviceResealCommand.class, DeviceRenewCommand.class})
final class DeviceCommand {

  /** {@code device init}. */
  @Command(
      name = "init",
      description = {
        "Makes the keys of a new device.",
        "",
        "The key file holds secrets: it is written for its owner alone (0600) and must never leave"
            + " the device. The identity file is public: hand it to the authority, which encrypts"
            + " watchlists to it and names it in authorisations."
      },
      footer = {
        "",
        "Example:",
        "  sightline device init --out device.keys --identity-out device.identity"
      })
  static final class Init implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--out",
        required = true,
        paramLabel = "FILE",
        description = "Key file to make; an existing file is never overwritten.")
    private Path out;

    @Option(
        names = "--identity-out",
        paramLabel = "FILE",
        description = "Identity file to make (default: the key file's name with .identity).")
    private @Nullable Path identityOut;

    @Override
    public Integer call() throws CryptoException {
      Path identityFile = identityOut == null ? NewFiles.beside(out, ".identity") : identityOut;
      NewFiles.requireAbsent(out, identityFile);
      try (DeviceKeys keys = DeviceKeys.generate()) {
        keys.writeTo(out);
        keys.identity().writeTo(identityFile);
        spec.commandLine()
            .getOut()
            .printf(
                "device %s%n  keys      %s (secret: stays on this device)%n  identity  %s (for the"
                    + " authority)%n",
                keys.identity().fingerprint().shortForm(), out, identityFile);
      }
      return 0;
    }
  }
}
