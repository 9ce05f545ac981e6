package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sightline.edge.app.AgentService;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Attendance;
import org.sightline.edge.app.ConsoleSettings;
import org.sightline.edge.cli.LogLevel;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.console.Console;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sightline run}. */
@Command(
    name = "run",
    description = {
      "Run the agent: read the cameras, match on the box, publish alerts and nothing else.",
      "It starts only under a signed authorisation that is valid now, for this device and van, and"
          + " closes its cameras by itself when that ends.",
      "",
      "With a console in the settings it stays until it is stopped, also while nothing may be"
          + " captured; see docs/console.md."
    },
    exitCodeList = {
      "0:the authorisation or the clips have ended (without a console)",
      "1:it may not start, such as without a valid authorisation",
      "2:it cannot start",
      "75:it cannot start now and may later, such as with a full disk",
      "143:ended by SIGTERM, in order"
    },
    footer = {
      "",
      "The settings are described in docs/configuration.md. Under a service manager that watches"
          + " it, it waits for what may pass instead of ending with 75.",
      "",
      "Example: sightline run --config /etc/sightline/agent.yaml"
    })
final class Run implements Callable<Integer> {
  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings of the agent (YAML).")
  private Path config;

  @Override
  public Integer call() throws Exception {
    LogLevel.ofAService();
    AgentSettings settings = settings();
    Optional<ConsoleSettings> page = AgentSettings.console(config);
    if (page.isEmpty()) {
      AgentService.run(settings, Clock.systemUTC(), System.getenv(), Attendance.NONE);
    } else {
      try (Console console = Console.start(config, settings, page.get(), Clock.systemUTC())) {
        AgentService.run(settings, Clock.systemUTC(), System.getenv(), console);
      }
    }
    return 0;
  }

  private AgentSettings settings() throws SightlineException {
    try {
      return AgentSettings.read(config);
    } catch (SettingsException wrong) {
      throw Unheard.until(wrong);
    }
  }
}
