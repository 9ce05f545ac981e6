package org.sightline.edge.app;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentException;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.deployment.UrgentAuthorisation;
import org.sightline.edge.domain.SightlineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A device whose authority has been verified: the first step of a start, without which none of the
 * others can be made.
 *
 * @param document digest of the authorisation's file
 * @param firstEnd when capture is over if nothing else comes
 * @param urgent how it stands with an urgent authorisation; empty if this is none
 */
record Authorised(
    AgentSettings settings,
    Device device,
    DataFolderLock lock,
    Authorisation authorisation,
    Sha256 document,
    Instant firstEnd,
    Optional<UrgentAuthorisation> urgent) {
  private static final Logger LOG = LoggerFactory.getLogger(Authorised.class);

  /** How long to wait for a command that is about to end. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /**
   * Takes the data folder, finishes what an earlier deployment left, and verifies the authority.
   *
   * @throws SightlineException if capture may not be permitted, now or from the authorised start
   */
  static Authorised open(AgentSettings settings, Clock wall, ResourceStack parts)
      throws SightlineException {
    Device device = parts.add(Device.open(settings, wall));
    DataFolderLock lock = parts.add(DataFolderLock.take(settings.folders().data(), PATIENCE));
    device.settle();
    device.deployments().finish(lock);
    Authorisation authorisation = device.requireAuthority(true);
    OpeningRules.requireSettings(settings, authorisation);
    device.applyWithdrawalFolder(lock);
    DeploymentStatus open =
        device.deployments().requireOpen(settings.deployment().authorisation(), authorisation);
    return new Authorised(
        settings,
        device,
        lock,
        authorisation,
        open.authorisation(),
        open.firstEnd(),
        device.deployments().urgent(authorisation.deployment()));
  }

  /** Destroys the list if its deployment has ended; a failure is logged, and tried again later. */
  void destroyIfEnded() {
    try {
      device.deployments().finish(lock);
    } catch (DeploymentException e) {
      LOG.error("{}", e.getMessage());
    } catch (SightlineException e) {
      LOG.error("Cannot determine whether the watchlist must be destroyed: {}", e.getMessage());
    }
  }
}
