package org.sightline.edge.cli.authority;

import java.util.List;
import java.util.Map;
import org.sightline.edge.cli.CommandGroup;
import org.sightline.edge.cli.CommandProvider;

/** What the office of an authority has. */
public final class AuthorityCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(AuthorityCommand.class);
  }

  @Override
  public Map<CommandGroup, List<Class<?>>> grouped() {
    return Map.of(
        CommandGroup.DEPLOYMENT,
            List.of(
                DeploymentAuthoriseCommand.class,
                DeploymentCountersignCommand.class,
                DeploymentConfirmCommand.class,
                DeploymentRefuseCommand.class,
                DeploymentRevokeCommand.class,
                DeploymentWithdrawCommand.class),
        CommandGroup.TRUST,
            List.of(
                TrustNameCommand.class,
                TrustReplaceCommand.class,
                TrustRevokeCommand.class,
                TrustCountersignCommand.class),
        CommandGroup.WATCHLIST, List.of(WatchlistBuild.class));
  }
}
