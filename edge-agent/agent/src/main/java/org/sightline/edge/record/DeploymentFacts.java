package org.sightline.edge.record;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ListNearness;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.VanId;

/**
 * What is fixed when a deployment starts.
 *
 * @param place as authorised
 * @param galleryEntries length of the list searched
 * @param modelPack that compares
 * @param software version of the agent
 * @param nearness how much the people on the list resemble each other; null where that is not
 *     measured
 * @param boxes how many devices the authorisation names
 */
public record DeploymentFacts(
    DeploymentId deployment,
    VanId van,
    Place place,
    int galleryEntries,
    String modelPack,
    String software,
    @Nullable ListNearness nearness,
    int boxes) {
  /** Of a deployment of this device alone. */
  public DeploymentFacts(
      DeploymentId deployment,
      VanId van,
      Place place,
      int galleryEntries,
      String modelPack,
      String software,
      @Nullable ListNearness nearness) {
    this(deployment, van, place, galleryEntries, modelPack, software, nearness, 1);
  }
}
