package org.sightline.edge.watchlist;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.sightline.edge.domain.DeploymentId;

/**
 * What a list is made for, and what may be shown of it without any key.
 *
 * @param modelPack whose templates it holds
 * @param templateDimension values in each template, 1 to 4096
 * @param listVersion rises with each list made for a deployment; at least 1
 * @param expires first moment at which the list may no longer be used
 */
public record BundleTerms(
    DeploymentId deployment,
    String modelPack,
    int modelPackVersion,
    int templateDimension,
    long listVersion,
    Instant created,
    Instant expires) {
  public BundleTerms {
    if (modelPack.isBlank() || templateDimension < 1 || templateDimension > 4096) {
      throw new IllegalArgumentException("a list names its model pack and template dimension");
    }
    if (listVersion < 1) {
      throw new IllegalArgumentException("list versions begin at 1");
    }
    if (!created.isBefore(expires)) {
      throw new IllegalArgumentException("a list is made before it expires");
    }
  }

  /** The last day, UTC, on which the list may be used; each listing is reviewed until then. */
  public LocalDate lastDay() {
    return LocalDate.ofInstant(expires.minusNanos(1), ZoneOffset.UTC);
  }
}
