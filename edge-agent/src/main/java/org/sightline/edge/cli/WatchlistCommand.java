package org.sightline.edge.cli;

import picocli.CommandLine.Command;

/** What concerns the list of those who are looked for. */
@Command(
    name = "watchlist",
    description = "The signed, encrypted list of those who are looked for.",
    subcommands = {
      WatchlistBuild.class,
      WatchlistInspect.class,
      WatchlistImport.class,
      WatchlistCommand.Destroy.class
    })
final class WatchlistCommand {

  /** {@code watchlist destroy}: a list and its deployment end together. */
  @Command(
      name = "destroy",
      description = {
        "Destroys the list on this device, and so ends its deployment, for good.",
        "",
        "The same as 'deployment close'. Also tries again what could not be destroyed before."
      },
      footer = {
        "",
        "Example: sightline watchlist destroy --config /etc/sightline/agent.yaml --by 1234"
      })
  static final class Destroy extends DeploymentCloseCommand {}
}
