package org.sightline.edge.pipeline;

import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.VanId;

/**
 * What an alert says of the deployment that it was raised in.
 *
 * @param calibration that says how strong a match is; without points if there is none
 */
public record Deployment(
    DeploymentId id, VanId van, Place place, String modelPack, Calibration calibration) {}
