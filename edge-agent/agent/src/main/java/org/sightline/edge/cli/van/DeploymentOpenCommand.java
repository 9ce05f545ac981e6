package org.sightline.edge.cli.van;

import java.util.concurrent.Callable;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.OfficerOption;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code deployment open}. */
@Command(
    name = "open",
    description = {
      "Allows capture from the authorised start on.",
      "",
      "The list must have been imported under the authorisation that the settings name. The agent"
          + " opens the cameras at the start, not before."
    },
    footer = {
      "",
      "Example: sightline deployment open --config /etc/sightline/agent.yaml --by 1234"
    })
final class DeploymentOpenCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;
  @Mixin private OfficerOption officer;

  @Override
  public Integer call() throws SightlineException {
    try (Device box = device.open()) {
      box.settle();
      DeploymentStatus status =
          box.deployments()
              .open(box.settings().deployment().authorisation(), box.pack(), officer.actor());
      spec.commandLine()
          .getOut()
          .printf(
              "deployment %s is open until %s: %d listed%n",
              status.deployment(), status.firstEnd(), status.list().entries());
    }
    return 0;
  }
}
