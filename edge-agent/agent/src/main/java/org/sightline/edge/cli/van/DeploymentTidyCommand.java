package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.sightline.edge.app.Device;
import org.sightline.edge.app.ExpiringData;
import org.sightline.edge.app.LastAlerts;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentException;
import org.sightline.edge.deployment.DeploymentRefusal;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.retention.Retention;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deployment tidy}. */
@Command(
    name = "tidy",
    description = {
      "Ends what is over, finishes a destruction that was interrupted, and deletes what is kept no"
          + " longer, and sends the alerts that still wait for the broker, for a minute at most.",
      "",
      "A running agent does all of it by itself, and then this does nothing; a timer runs it for"
          + " the time when there is none. Exit code 1 if something that has expired could not be"
          + " deleted."
    },
    footer = {"", "Example: sightline deployment tidy --config /etc/sightline/agent.yaml"})
final class DeploymentTidyCommand implements Callable<Integer> {
  /** Long enough for another command to end, short for a timer that finds an agent at work. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (DataFolderLock lock = DataFolderLock.take(device.settings().dataFolder(), PATIENCE);
        Device box = device.open()) {
      // First, so that a list that cannot be destroyed does not hold it up.
      Retention.Report report = deleteExpired(box);
      RetentionCommand.print(out, report);
      box.obeyRevocationFile();
      try {
        box.deployments().finish(lock);
      } finally {
        LastAlerts.send(box, lock, () -> false).ifPresent(out::println);
      }
      return report.failed().isEmpty() ? 0 : Sightline.EXIT_NO;
    } catch (DeploymentException e) {
      if (e.refusal() instanceof DeploymentRefusal.Busy) {
        out.println("an agent is at work and does this itself");
        return 0;
      }
      throw e;
    }
  }

  private static Retention.Report deleteExpired(Device box) {
    try (Retention retention =
        new Retention(box.database(), box.audit(), box.clock(), ExpiringData.ALL)) {
      return retention.runOnce(box.clock().instant());
    }
  }
}
