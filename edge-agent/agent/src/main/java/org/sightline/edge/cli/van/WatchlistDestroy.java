package org.sightline.edge.cli.van;

import picocli.CommandLine.Command;

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
final class WatchlistDestroy extends DeploymentCloseCommand {}
