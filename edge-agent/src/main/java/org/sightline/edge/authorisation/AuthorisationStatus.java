package org.sightline.edge.authorisation;

import java.time.Instant;

/** Whether cameras may be opened. */
public sealed interface AuthorisationStatus {
  /**
   * Capture is lawful until {@code until}, and not a moment longer.
   *
   * @param until the authorisation's end
   */
  record Permitted(Authorisation authorisation, Instant until) implements AuthorisationStatus {}

  /** No capture. */
  record Refused(Refusal refusal) implements AuthorisationStatus {}

  /**
   * This status for a particular model pack: one that is for exercises alone never serves a live
   * deployment.
   */
  default AuthorisationStatus withModelPack(String pack, boolean exerciseOnly) {
    return exerciseOnly
            && this instanceof Permitted permitted
            && permitted.authorisation().deploymentClass() == DeploymentClass.LIVE
        ? new Refused(new Refusal.PackForExercisesOnly(pack))
        : this;
  }
}
