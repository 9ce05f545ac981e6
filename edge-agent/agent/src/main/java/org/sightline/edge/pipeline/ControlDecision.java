package org.sightline.edge.pipeline;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.sightline.edge.alert.AlertDecision;
import org.sightline.edge.alert.AlertDecision.Outcome;
import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Template;
import org.sightline.edge.match.Candidate;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.track.Sighting;

/**
 * Decides for one camera which passes are of control entries, by the rules by which alerts are
 * decided, and beside them: a pass in which one was recognised is looked at for everybody else as
 * before. Used by the analysis thread alone.
 */
final class ControlDecision {
  private final CameraId camera;
  private final Gallery gallery;
  private final Similarity threshold;
  private final ControlMatches matches;
  private final AlertDecision decision;

  ControlDecision(
      CameraId camera, Gallery gallery, AlertSettings settings, ControlMatches matches) {
    this.camera = camera;
    this.gallery = gallery;
    this.threshold = settings.threshold();
    this.matches = matches;
    this.decision = new AlertDecision(settings);
  }

  /**
   * Looks at the evidence of a pass.
   *
   * @param at stream time of the frame that completed it
   * @param capturedAt the same by the clock
   * @param fused stays the caller's
   * @return how far it lies below the threshold; infinite where there is nothing to decide
   */
  double consider(Duration at, Instant capturedAt, long pass, int shots, Template fused) {
    if (!gallery.hasControl() || decision.isDecided(pass)) {
      return Double.POSITIVE_INFINITY;
    }
    Candidate nearest = gallery.nearestControl(fused).orElse(null);
    if (nearest == null) {
      return Double.POSITIVE_INFINITY;
    }
    Outcome outcome =
        decision.consider(at, pass, shots, nearest.subject(), nearest.similarity(), threshold);
    if (outcome == Outcome.RAISE) {
      matches.recognised(camera, nearest.subject(), capturedAt);
    }
    return threshold.cosine() - nearest.similarity().cosine();
  }

  /** Notes what is in sight. */
  void seen(Duration at, List<Sighting> sightings) {
    decision.forgetBefore(at);
    sightings.forEach(sighting -> decision.seen(at, sighting.pass()));
  }

  /** Forgets a pass that has ended. */
  void ended(long pass) {
    decision.ended(pass);
  }
}
