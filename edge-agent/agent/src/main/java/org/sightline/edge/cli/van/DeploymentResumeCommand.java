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

/** {@code deployment resume}. */
@Command(
    name = "resume",
    description = {
      "Lets capture go on after a pause, for as long as the authorisation has left.",
      "",
      "A running agent opens list and cameras again; it is refused once the authorisation has ended"
          + " or the deployment is over."
    },
    footer = {
      "",
      "Example: sightline deployment resume --config /etc/sightline/agent.yaml --by 1234"
    })
final class DeploymentResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;
  @Mixin private OfficerOption officer;

  @Override
  public Integer call() throws SightlineException {
    try (Device box = device.open()) {
      box.settle();
      DeploymentStatus status =
          box.deployments()
              .pauses()
              .resume(box.settings().deployment().authorisation(), box.pack(), officer.actor());
      spec.commandLine()
          .getOut()
          .printf("deployment %s is resumed, until %s%n", status.deployment(), status.firstEnd());
    }
    return 0;
  }
}
