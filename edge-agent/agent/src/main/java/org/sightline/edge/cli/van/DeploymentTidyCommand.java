package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.sightline.edge.app.Device;
import org.sightline.edge.app.LastAlerts;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DataFolderAlone;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentException;
import org.sightline.edge.deployment.DeploymentRefusal;
import org.sightline.edge.domain.DeploymentId;
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
      "Ends what is over, finishes a destruction that was interrupted, deletes what has expired,"
          + " and sends the alerts that still wait for the broker, for a minute at most.",
      "",
      "A running agent does all of it by itself, and then this does nothing; a timer runs it for"
          + " the time when there is none. A broker that is away is reported and is no failure.",
      "",
      "If the settings or keys can no longer be used, it still destroys the list of what is over,"
          + " and deletes what has expired; the exit code is that of what is wrong."
    },
    exitCodeList = {
      "0:all is done, or an agent is at work, which does it",
      "1:something that has expired could not be deleted"
    },
    footer = {"", "Example: sightline deployment tidy --config /etc/sightline/agent.yaml"})
final class DeploymentTidyCommand implements Callable<Integer> {
  /** Long enough for another command to end, short for a timer that finds an agent at work. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    try (DataFolderLock lock = DataFolderLock.take(device.dataFolder(), PATIENCE)) {
      return tidy(lock);
    } catch (DeploymentException e) {
      if (e.refusal() instanceof DeploymentRefusal.Busy) {
        spec.commandLine().getOut().println("an agent is running and does this itself");
        return 0;
      }
      throw e;
    }
  }

  private int tidy(DataFolderLock lock) throws SightlineException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    try (Device box = opened(lock)) {
      // First, so that a list that cannot be destroyed does not hold it up.
      Retention.Report report = RetentionCommand.deleteExpired(box.database(), box.clock());
      RetentionCommand.print(out, report);
      box.applyFiles();
      try {
        box.deployments().finish(lock);
      } finally {
        LastAlerts.send(box, lock, () -> false).ifPresent(out::println);
      }
      return report.failed().isEmpty() ? 0 : Sightline.EXIT_NO;
    }
  }

  /** The settings may have become wrong since the deployment was opened; its end is kept. */
  private Device opened(DataFolderLock lock) throws SightlineException {
    try {
      return device.open();
    } catch (SightlineException wrong) {
      throw tidiedAlone(lock, wrong);
    }
  }

  private SightlineException tidiedAlone(DataFolderLock lock, SightlineException wrong) {
    try (DataFolderAlone data = device.dataFolderAlone()) {
      RetentionCommand.print(
          spec.commandLine().getOut(),
          RetentionCommand.deleteExpired(data.database(), data.clock()));
      Optional<DeploymentId> over = data.finish(lock);
      return over.isEmpty()
          ? Unheard.until(wrong)
          : new SightlineException(
              wrong.kind(),
              "deployment %s is over and its list is destroyed, its bundle is not and there is no receipt yet: %s"
                  .formatted(over.get(), wrong.what()),
              wrong.where(),
              wrong.remedy() + "; then run: sightline deployment tidy",
              wrong);
    } catch (DeploymentException e) {
      return new SightlineException(
          e.kind(),
          e.what() + "; and " + wrong.what(),
          wrong.where(),
          wrong.remedy() + "; and " + e.remedy(),
          e);
    } catch (SightlineException e) {
      wrong.addSuppressed(e);
      return wrong;
    }
  }
}
