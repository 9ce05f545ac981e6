package org.sightline.edge.cli.van;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.OfficerOption;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.domain.SightlineException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code watchlist import}. */
@Command(
    name = "import",
    description = {
      "Imports the authorised list, sealed under a key of its own.",
      "",
      "Everything is verified before anything is decrypted: the signatures, the digests, and that"
          + " the list is for this device, this deployment and this model pack, not too old and not"
          + " replaced by a later one. It is imported whole or not at all."
    },
    footer = {
      "",
      "Without BUNDLE the file is taken that the settings name; that file is removed when the list"
          + " is destroyed. Any other copy, as on a USB stick, is yours to remove.",
      "",
      "Example: sightline watchlist import --config /etc/sightline/agent.yaml --by 1234"
    })
final class WatchlistImport implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;
  @Mixin private OfficerOption officer;

  @Parameters(
      arity = "0..1",
      paramLabel = "BUNDLE",
      description = "Watchlist bundle (default: the one that the settings name).")
  private @Nullable Path bundle;

  @Override
  public Integer call() throws SightlineException {
    try (Device box = device.open();
        DataFolderLock lock = box.lock()) {
      box.settle();
      DeploymentStatus status =
          box.deployments()
              .importList(
                  lock,
                  box.settings().deployment().authorisation(),
                  bundle == null ? box.settings().deployment().watchlist() : bundle,
                  box.pack(),
                  officer.actor(),
                  () -> {});
      spec.commandLine()
          .getOut()
          .printf(
              "list %s of deployment %s imported: %d entries, version %d%n",
              status.list().digest().shortForm(),
              status.deployment(),
              status.list().entries(),
              status.list().version());
    }
    return 0;
  }
}
