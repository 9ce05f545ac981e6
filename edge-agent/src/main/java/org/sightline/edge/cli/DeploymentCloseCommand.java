package org.sightline.edge.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.sightline.edge.app.Device;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.domain.SightlineException;
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
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;
  @Mixin private OfficerOption officer;

  @Override
  public Integer call() throws SightlineException {
    try (Device box = device.open()) {
      box.settle();
      DeploymentStatus status = box.deployments().close(officer.actor());
      try (DataFolderLock lock = box.lock()) {
        box.deployments().finish(lock);
      }
      PrintWriter out = spec.commandLine().getOut();
      out.printf("deployment %s is closed%n", status.deployment());
      DeploymentReceiptCommand.print(out, box, status.deployment());
    }
    return 0;
  }
}
