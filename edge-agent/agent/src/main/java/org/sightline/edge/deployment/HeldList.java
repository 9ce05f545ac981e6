package org.sightline.edge.deployment;

import org.sightline.edge.crypto.Sha256;

/**
 * The list of a deployment on this device.
 *
 * @param digest of the bundle, as authorised
 * @param entries subjects that are listed
 */
public record HeldList(Sha256 digest, long version, int entries) {}
