package org.sightline.edge.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.watchlist.WatchlistBundle;
import org.sightline.edge.watchlist.WatchlistException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The device that deployments live on.
 *
 * @param trust whose signatures count on this device
 */
public record DeploymentSite(
    Folders folders, VanId van, DeviceKeys device, Protection protection, Trust trust) {
  private static final Logger LOG = LoggerFactory.getLogger(DeploymentSite.class);

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
   * @param fieldTested whether the program is not a release without a field-test baseline
   */
  public record Protection(
      boolean keysSealed,
      boolean camerasLive,
      boolean brokerMutuallyAuthenticated,
      boolean fieldTested) {}

  /** Removes the bundle that a deployment's list came in; one of another deployment stays. */
  void removeBundle(DeploymentId deployment) throws IOException {
    Path bundle = folders.watchlistFile();
    if (!Files.exists(bundle)) {
      return;
    }
    try {
      if (WatchlistBundle.verify(bundle, trust.keys().authoritiesEver())
          .header()
          .terms()
          .deployment()
          .equals(deployment)) {
        Files.delete(bundle);
      }
    } catch (WatchlistException e) {
      LOG.warn("A file that is not a list of this device is left in place: {}", e.getMessage());
    }
  }
}
