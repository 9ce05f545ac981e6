package org.sightline.edge.deployment;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.VanId;

/**
 * The device that deployments live on.
 *
 * @param trusted the authorities that this device trusts
 */
public record DeploymentSite(
    Folders folders,
    VanId van,
    DeviceKeys device,
    Protection protection,
    Collection<AuthorityPublicKey> trusted) {
  /**
   * Where things lie.
   *
   * @param ended outside every data folder: which deployments are over on this device
   * @param watchlistFile where bundles are put for import; destroyed with the list
   */
  public record Folders(Path data, Path ended, Path watchlistFile) {}

  /**
   * What a live deployment asks of its device.
   *
   * @param keysSealed whether the device's keys came from the service manager, not from a file
   * @param camerasLive whether every source of the settings is a camera, not a recording
   * @param brokerMutuallyAuthenticated whether the broker and this van prove to each other who they
   *     are
   */
  public record Protection(
      boolean keysSealed, boolean camerasLive, boolean brokerMutuallyAuthenticated) {}

  public DeploymentSite {
    trusted = List.copyOf(trusted);
  }
}
