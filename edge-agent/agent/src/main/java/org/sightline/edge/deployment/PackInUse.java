package org.sightline.edge.deployment;

/**
 * The model pack that compares on this device.
 *
 * @param exerciseOnly whether it is unfit for a live deployment
 */
public record PackInUse(String name, int version, boolean exerciseOnly) {}
