package org.sightline.edge.cli;

/** A command that several parts of the program add commands to. */
public enum CommandGroup {
  ALERTS(AlertsCommand.class),
  DEPLOYMENT(DeploymentCommand.class),
  TRUST(TrustCommand.class),
  WATCHLIST(WatchlistCommand.class);

  private final Class<?> command;

  CommandGroup(Class<?> command) {
    this.command = command;
  }

  Class<?> command() {
    return command;
  }
}
