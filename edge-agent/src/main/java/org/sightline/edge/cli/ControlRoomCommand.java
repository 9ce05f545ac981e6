package org.sightline.edge.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What concerns those who judge alerts. */
@Command(
    name = "controlroom",
    description = "The keys of a control room.",
    subcommands = ControlRoomCommand.Init.class)
final class ControlRoomCommand {

  /** {@code controlroom init}. */
  @Command(
      name = "init",
      description = {
        "Makes the keys of a new control room: one opens the alerts that are sealed for it, one signs"
            + " its outcomes.",
        "",
        "The key file is secret: it is written for its owner alone (0600) and stays in the control"
            + " room. The public file goes to the authority, which names it in authorisations. Both"
            + " are JWK Sets."
      },
      footer = {
        "",
        "Example:",
        "  sightline controlroom init --out controlroom.keys --public-out controlroom.public"
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
        names = "--public-out",
        paramLabel = "FILE",
        description = "Public file to make (default: the key file's name with .public).")
    private @Nullable Path publicOut;

    @Override
    public Integer call() throws CryptoException {
      Path publicFile = publicOut == null ? NewFiles.beside(out, ".public") : publicOut;
      NewFiles.requireAbsent(out, publicFile);
      ControlRoomKeys keys = ControlRoomKeys.generate();
      keys.writeTo(out);
      keys.identity().writeTo(publicFile);
      spec.commandLine()
          .getOut()
          .printf(
              "control room %s%n  keys    %s (secret: stays in the control room)%n  public  %s (for"
                  + " the authority)%n",
              keys.identity().keyId(), out, publicFile);
      return 0;
    }
  }
}
