package org.sightline.edge.pipeline;

import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.VanId;

/**
 * What an alert says of the deployment that it was raised in.
 *
 * @param calibration that says how strong a match is; without points if there is none
 * @param bodyPicture whether its authorisation permits to say by what an alerted person is found
 *     again
 */
public record Deployment(
    DeploymentId id,
    VanId van,
    Place place,
    String modelPack,
    Calibration calibration,
    boolean bodyPicture) {
  /** One whose authorisation permits no more than a face. */
  public Deployment(
      DeploymentId id, VanId van, Place place, String modelPack, Calibration calibration) {
    this(id, van, place, modelPack, calibration, false);
  }
}
