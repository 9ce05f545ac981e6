package org.sightline.edge.shot;

import java.time.Duration;
import org.sightline.edge.domain.Face;

/**
 * Chooses the views of one pass that are worth an embedding: the first usable ones, so that a
 * decision comes early, then only such as are clearly better, or nearly as good after a while; and
 * fewer of those while the pass looks like nobody who is listed. Not thread-safe.
 */
public final class ShotSelection {
  /** Views taken as they come, before only better ones are. */
  private static final int FIRST_VIEWS = 3;

  /** Views before which how far a pass is from the threshold says little. */
  private static final int TELLING_VIEWS = 2;

  /** Share of the best quality that counts as nearly as good. */
  private static final double NEARLY = 0.7;

  private final ShotSettings settings;
  private double best;
  private int taken;
  private Duration lastTaken = Duration.ZERO;
  private boolean far;

  public ShotSelection(ShotSettings settings) {
    this.settings = settings;
  }

  /**
   * Whether the view could be worth an embedding, judged without looking at a pixel.
   *
   * @param at stream time of the frame
   */
  public boolean mayBeWorth(Duration at, Face face) {
    return face.landmarks().interEyeDistancePx() >= settings.smallestInterEyePx()
        && isWorth(at, ShotQuality.bestCase(face));
  }

  /** Whether a view of this quality is worth an embedding now. */
  public boolean isWorth(Duration at, ShotQuality quality) {
    double value = quality.value();
    if (value < settings.leastQuality() || taken >= settings.most()) {
      return false;
    }
    if (taken == 0) {
      return true;
    }
    Duration since = at.minus(lastTaken);
    if (since.compareTo(settings.pause()) < 0) {
      return false;
    }
    double gain = far ? settings.farGain() : settings.gain();
    Duration patience = far ? settings.farPatience() : settings.patience();
    return taken < (far ? TELLING_VIEWS : FIRST_VIEWS)
        || value >= best * gain
        || (value >= best * NEARLY && since.compareTo(patience) >= 0);
  }

  /**
   * Notes that the view was embedded.
   *
   * @return whether it is the best of the pass so far
   */
  public boolean take(Duration at, ShotQuality quality) {
    taken++;
    lastTaken = at;
    if (quality.value() > best) {
      best = quality.value();
      return true;
    }
    return false;
  }

  /**
   * Notes what came of the views taken so far.
   *
   * @param belowThreshold how far the fused template lies below the threshold, as a difference of
   *     similarities; not kept
   */
  public void compared(double belowThreshold) {
    far = belowThreshold > settings.far();
  }
}
