package org.sightline.edge.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code sightline completion}. */
@Command(
    name = "completion",
    description = {
      "Prints what has bash complete the commands and options of this machine.",
      "",
      "An installation has it in place already."
    },
    footer = {"", "Example: source <(sightline completion)"})
final class CompletionCommand implements Callable<Integer> {
  /** Takes the same commands, in a van. */
  private static final String ON_DEVICE =
      "complete -F _complete_sightline -o default sightline-on-device";

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    // Without the time at which it was made: packages of one version are the same bytes.
    spec.commandLine()
        .getOut()
        .println(
            AutoComplete.bash("sightline", Sightline.everyCommand().commandLine())
                    .replaceAll("(?m)^# Date:.*\\R", "")
                + ON_DEVICE);
    return 0;
  }
}
