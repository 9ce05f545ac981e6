package org.sightline.edge.walk;

import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Similarity;

/**
 * What a recognition rate is of. Of another list, pack, version, threshold or camera it says
 * nothing.
 *
 * @param list digest of the bundle that the list came in
 * @param software version of the agent
 * @param threshold from which a pass is recognised
 * @param camera digest of how the camera is set: source, shape of its pixels, zone
 */
public record Setup(
    Sha256 list,
    long listVersion,
    String modelPack,
    String software,
    Similarity threshold,
    Sha256 camera) {}
