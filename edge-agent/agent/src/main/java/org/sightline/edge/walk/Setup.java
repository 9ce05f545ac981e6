package org.sightline.edge.walk;

import org.sightline.edge.crypto.Sha256;

/**
 * What a recognition rate is of, beside its camera.
 *
 * @param list digest of the bundle that the list came in
 * @param software version of the agent
 */
public record Setup(Sha256 list, long listVersion, String modelPack, String software) {}
