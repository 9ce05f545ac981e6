package org.sightline.edge.cli.lab;

import org.sightline.edge.cli.Sightline;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code reference}: the page of all commands. */
@Command(
    name = "reference",
    description =
        "Prints the page docs/commands.md: every command with its arguments and options, from the"
            + " declarations that the program reads them by.",
    footer = {"", "Example: sightline reference > docs/commands.md"})
final class ReferenceCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(CommandReference.of(Sightline.everyCommand()));
  }
}
