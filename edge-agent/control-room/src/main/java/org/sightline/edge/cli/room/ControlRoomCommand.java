package org.sightline.edge.cli.room;

import java.util.concurrent.Callable;
import org.sightline.edge.cli.NewKeyFiles;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

    @Mixin private NewKeyFiles files;

    @Override
    public Integer call() throws CryptoException {
      files.requireAbsent();
      ControlRoomKeys keys = ControlRoomKeys.generate();
      keys.writeTo(files.secretFile());
      keys.identity().writeTo(files.publicFile());
      spec.commandLine()
          .getOut()
          .printf(
              "control room %s%n  keys    %s (secret: stays in the control room)%n  public  %s (for"
                  + " the authority)%n",
              keys.identity().keyId(), files.secretFile(), files.publicFile());
      return 0;
    }
  }
}
