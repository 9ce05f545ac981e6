package org.sightline.edge.cli.van;

import java.util.List;
import java.util.Map;
import org.sightline.edge.cli.CommandGroup;
import org.sightline.edge.cli.CommandProvider;

/** What the van has. */
public final class VanCommands implements CommandProvider {
  @Override
  public List<Class<?>> commands() {
    return List.of(
        Run.class,
        SetupCommand.class,
        DoctorCommand.class,
        StatusCommand.class,
        TrialCommand.class,
        DeviceCommand.class,
        RetentionCommand.class,
        CameraCommand.class,
        ConsoleCommand.class);
  }

  @Override
  public Map<CommandGroup, List<Class<?>>> grouped() {
    return Map.of(
        CommandGroup.ALERTS, List.of(AlertsOutcomeCommand.class),
        CommandGroup.DEPLOYMENT,
            List.of(
                DeploymentOpenCommand.class,
                DeploymentPauseCommand.class,
                DeploymentResumeCommand.class,
                DeploymentCloseCommand.class,
                DeploymentStatusCommand.class,
                DeploymentWalkCommand.class,
                DeploymentTidyCommand.class,
                DeploymentReceiptCommand.class,
                DeploymentRecordCommand.class,
                DeploymentNoticeCommand.class,
                DeploymentSignRecordCommand.class),
        CommandGroup.TRUST, List.of(TrustImportCommand.class, TrustShowCommand.class),
        CommandGroup.WATCHLIST,
            List.of(WatchlistInspect.class, WatchlistImport.class, WatchlistDestroy.class));
  }
}
