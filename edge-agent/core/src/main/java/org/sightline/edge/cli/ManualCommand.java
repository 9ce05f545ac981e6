package org.sightline.edge.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sightline manual}. */
@Command(
    name = "manual",
    description = {
      "Prints the manual page of the commands of this machine, for man.",
      "",
      "An installation has it in place already: man sightline"
    },
    footer = {"", "Example: man -l <(sightline manual)"})
final class ManualCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    spec.commandLine().getOut().print(ManualPage.of(Sightline.everyCommand()));
    return 0;
  }
}
