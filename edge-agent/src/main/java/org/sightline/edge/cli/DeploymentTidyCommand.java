package org.sightline.edge.cli;

import java.util.concurrent.Callable;
import org.sightline.edge.app.Device;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code deployment tidy}. */
@Command(
    name = "tidy",
    description = {
      "Ends what is over, finishes a destruction that was interrupted, and deletes what is kept no"
          + " longer.",
      "",
      "A running agent does all of it by itself; a timer runs this while there is none."
    },
    footer = {"", "Example: sightline deployment tidy --config /etc/sightline/agent.yaml"})
final class DeploymentTidyCommand implements Callable<Integer> {
  @Mixin private DeviceOptions device;

  @Override
  public Integer call() throws SightlineException {
    try (Device box = device.open()) {
      box.deployments().settle();
      try (DataFolderLock lock = box.lock()) {
        box.deployments().finish(lock);
      }
    }
    return 0;
  }
}
