package org.sightline.edge.watchlist;

import java.time.Duration;
import java.time.Instant;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;

/**
 * What a bundle must be for, to be opened here and now.
 *
 * @param digest of the whole file, as the authorisation names it
 * @param modelPack in use here
 * @param captureStart when the deployment starts
 * @param maximumAge of the list at that time
 * @param leastVersion of the list: the highest seen for this deployment; 1 if there was none
 */
public record BundleExpectations(
    DeploymentId deployment,
    Sha256 digest,
    String modelPack,
    int modelPackVersion,
    Instant now,
    Instant captureStart,
    Duration maximumAge,
    long leastVersion) {}
