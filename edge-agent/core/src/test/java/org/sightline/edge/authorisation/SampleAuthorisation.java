package org.sightline.edge.authorisation;

import java.time.Instant;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.VanId;

/** An authorisation of nobody to watch for nobody. */
final class SampleAuthorisation {
  static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
  static final Instant DURING = Instant.parse("2026-11-23T10:30:00Z");
  static final Instant END = Instant.parse("2026-11-23T13:00:00Z");
  static final VanId VAN = new VanId("van-7");
  static final Sha256 DEVICE = Sha256.of(new byte[] {1});

  private SampleAuthorisation() {}

  static Authorisation of(DeploymentClass deploymentClass) {
    return of(deploymentClass, START, END);
  }

  static Authorisation of(DeploymentClass deploymentClass, Instant start, Instant end) {
    return new Authorisation(
        new DeploymentId("D-2026-11-23"),
        deploymentClass,
        VAN,
        DEVICE,
        "Supt 1234",
        "find those wanted on warrant",
        "Policy 5.2",
        "High Street",
        start,
        end,
        Sha256.of(new byte[] {3}),
        0.3,
        Authorisation.DEFAULT_MAXIMUM_FALSE_ALERTS_PER_1000_FACES,
        Authorisation.DEFAULT_MAXIMUM_LIST_AGE,
        AlertTerms.DEFAULT,
        "https://example.org/notices/12");
  }
}
