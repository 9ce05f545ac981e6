package org.sightline.edge.watchlist;

import java.time.Instant;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;

/**
 * What a bundle must be for, to be opened here and now.
 *
 * @param digest of the whole file, as the authorisation names it
 * @param modelPack in use here
 */
public record BundleExpectations(
    DeploymentId deployment, Sha256 digest, String modelPack, int modelPackVersion, Instant now) {}
