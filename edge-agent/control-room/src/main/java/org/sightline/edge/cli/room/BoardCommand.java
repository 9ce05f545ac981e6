package org.sightline.edge.cli.room;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.board.BoardService;
import org.sightline.edge.board.BoardSettings;
import org.sightline.edge.cli.LogLevel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sightline board}. */
@Command(
    name = "board",
    description = {
      "Serve the control room's page: open alerts of all vans, judged by officers who have logged"
          + " in. Runs until it is stopped.",
      "Where other machines can reach it, it serves over TLS or not at all."
    },
    subcommands = {BoardUserCommand.class, BoardLogCommand.class},
    synopsisSubcommandLabel = "[COMMAND]",
    footer = {
      "",
      "The settings are described in docs/control-room.md.",
      "",
      "Example: sightline board --config /etc/sightline/board.yaml"
    })
final class BoardCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  // Not required: the library would demand it of the subcommand too.
  @Option(names = "--config", paramLabel = "FILE", description = "Settings of the board (YAML).")
  private @Nullable Path config;

  @Override
  public Integer call() throws Exception {
    if (config == null) {
      throw new ParameterException(spec.commandLine(), "Missing required option: '--config=FILE'");
    }
    LogLevel.ofAService();
    PrintWriter out = spec.commandLine().getOut();
    BoardService.run(
        BoardSettings.read(config),
        System.getenv(),
        uri -> {
          out.println("the page is at " + uri);
          out.flush();
        });
    return 0;
  }
}
