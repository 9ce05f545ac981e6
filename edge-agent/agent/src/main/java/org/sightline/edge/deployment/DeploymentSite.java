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
 * @param endedFolder outside every data folder: which deployments are over on this device
 * @param watchlistFile where bundles are put for import; destroyed with the list
 * @param keysSealed whether the device's keys came from the service manager, not from a file
 * @param camerasLive whether every source of the settings is a camera, not a recording
 * @param brokerMutuallyAuthenticated whether the broker and this van prove to each other who they
 *     are
 * @param trusted the authorities that this device trusts
 */
public record DeploymentSite(
    Path dataFolder,
    Path endedFolder,
    Path watchlistFile,
    VanId van,
    DeviceKeys device,
    boolean keysSealed,
    boolean camerasLive,
    boolean brokerMutuallyAuthenticated,
    Collection<AuthorityPublicKey> trusted) {
  public DeploymentSite {
    trusted = List.copyOf(trusted);
  }
}
