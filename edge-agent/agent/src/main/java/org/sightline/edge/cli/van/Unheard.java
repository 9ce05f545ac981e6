package org.sightline.edge.cli.van;

import org.sightline.edge.domain.SightlineException;

/** Says with what keeps an agent from starting what that means for a revocation. */
final class Unheard {
  private Unheard() {}

  /** The same failure; who reads it knows that a revocation has no effect meanwhile. */
  static SightlineException until(SightlineException wrong) {
    return new SightlineException(
        wrong.kind(),
        wrong.what(),
        wrong.where(),
        wrong.remedy()
            + "; until then no camera is opened and no revocation takes effect, and only 'deployment"
            + " close' ends what is open",
        wrong);
  }
}
