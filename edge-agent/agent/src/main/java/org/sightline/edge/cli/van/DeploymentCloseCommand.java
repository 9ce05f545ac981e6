package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.OfficerOption;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.deployment.DataFolderAlone;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.outbox.WaitingAlerts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deployment close}, also there as {@code watchlist destroy}. */
@Command(
    name = "close",
    description = {
      "Ends the deployment on this device, for good, and destroys its list.",
      "",
      "A running agent closes its cameras within a second, sends what it has decided, and destroys"
          + " the list itself; the command waits for it. Also tries again what could not be"
          + " destroyed before."
    },
    footer = {
      "",
      "Example: sightline deployment close --config /etc/sightline/agent.yaml --by 1234"
    })
class DeploymentCloseCommand implements Callable<Integer> {
  /** Until it is reported that the disk does not answer; others may hold the file for 10 s. */
  private static final Duration WORRYING = Duration.ofSeconds(15);

  /** An agent that ends may take half a minute. */
  private static final Duration HOPELESS = Duration.ofSeconds(75);

  private static final String STOP_IT = "stop the agent: systemctl stop sightline-agent";

  private final Duration worrying;
  private final Duration hopeless;
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;
  @Mixin private OfficerOption officer;

  DeploymentCloseCommand() {
    this(WORRYING, HOPELESS);
  }

  DeploymentCloseCommand(Duration worrying, Duration hopeless) {
    this.worrying = worrying;
    this.hopeless = hopeless;
  }

  /** On a thread of its own: no disk may keep from the officer that cameras are still open. */
  @Override
  public Integer call() throws Exception {
    FutureTask<DeploymentStatus> closing = new FutureTask<>(this::close);
    Threads.daemon("close", closing).start();
    try {
      try {
        closing.get(worrying.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        err()
            .println(
                "still working: the cameras may be open until this is done (to close them now, "
                    + STOP_IT
                    + ")");
        closing.get(hopeless.toMillis(), TimeUnit.MILLISECONDS);
      }
      return 0;
    } catch (TimeoutException e) {
      err()
          .println(
              "the disk of the data folder does not answer: THE CAMERAS MAY STILL BE OPEN ("
                  + STOP_IT
                  + ")");
      return Sightline.EXIT_UNUSABLE;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception cause) {
        throw cause;
      }
      throw e;
    }
  }

  private DeploymentStatus close() throws SightlineException {
    try (Device box = opened()) {
      box.applyFiles();
      DeploymentStatus status = box.deployments().close(officer.actor());
      try (DataFolderLock lock = box.lock()) {
        box.deployments().finish(lock);
      }
      PrintWriter out = spec.commandLine().getOut();
      out.printf("deployment %s is closed%n", status.deployment());
      DeploymentReceiptCommand.print(out, box, status.deployment());
      WaitingAlerts waiting = box.waitingAlerts();
      if (!waiting.none()) {
        out.println(waiting.line());
        out.println("  the next start of the agent sends them, or: sightline deployment tidy");
      }
      return status;
    }
  }

  /** The settings may have become wrong since an agent opened its cameras by them. */
  private Device opened() throws SightlineException {
    try {
      return device.open();
    } catch (SightlineException wrong) {
      throw closedAlone(wrong);
    }
  }

  /** What has become of a close by the data folder alone, and what is wrong. */
  private SightlineException closedAlone(SightlineException wrong) {
    String done = "nothing is closed, THE CAMERAS MAY STILL BE OPEN";
    String next = "to close them now, " + STOP_IT;
    try (DataFolderAlone data = device.dataFolderAlone()) {
      String deployment = "deployment " + data.close(officer.actor());
      done = deployment + " is over, but THE CAMERAS MAY STILL BE OPEN, and its list is still here";
      try (DataFolderLock lock = DataFolderLock.take(device.dataFolder(), Device.PATIENCE)) {
        done = deployment + " is closed, but its list is still here";
        next = "then run: sightline deployment tidy";
        data.finish(lock);
        done =
            deployment
                + " is closed and its list is destroyed, its bundle is not and there may be no"
                + " receipt yet";
      }
    } catch (SightlineException e) {
      done += " (" + e.what() + ")";
    }
    return new SightlineException(
        wrong.kind(),
        done + ": " + wrong.what(),
        wrong.where(),
        wrong.remedy() + "; " + next,
        wrong);
  }

  private PrintWriter err() {
    return spec.commandLine().getErr();
  }
}
