package org.sightline.edge.shot;

import java.time.Duration;
import org.sightline.edge.domain.Face;
import org.sightline.edge.shot.ShotSettings.Better;

/**
 * Chooses the views of one pass that are worth an embedding: the first usable ones, so that a
 * decision comes early, then only such as are clearly better, or nearly as good after a while; and
 * fewer of those while the pass looks like nobody who is listed. Not thread-safe.
 */
public final class ShotSelection {
  /** Views taken as they come, before only better ones are. */
  private static final int FIRST_VIEWS = 3;

  /** Views before which how far a pass is from the threshold says little. */
  private static final int ENOUGH_VIEWS = 2;

  /** Share of the best quality that counts as nearly as good. */
  private static final double NEARLY = 0.7;

  private final ShotSettings settings;
  private double best;
  private int taken;
  private boolean looked;
  private Duration lastLook = Duration.ZERO;
  private boolean far;

  public ShotSelection(ShotSettings settings) {
    this.settings = settings;
  }

  /**
   * Whether the view could be worth an embedding, judged without looking at a pixel.
   *
   * @param at stream time of the frame
   * @param widthPx of the frame
   * @param heightPx of the frame
   */
  public boolean mayBeWorth(Duration at, Face face, int widthPx, int heightPx) {
    return isWhole(face, widthPx, heightPx) && isWorth(at, ShotQuality.bestCase(face));
  }

  /** Whether a view of this quality is worth a closer look, and then an embedding, now. */
  public boolean isWorth(Duration at, ShotQuality quality) {
    double value = quality.value();
    if (!(value >= settings.usable().leastQuality()) || taken >= settings.most()) {
      return false;
    }
    Duration since = at.minus(lastLook);
    if (looked && since.compareTo(settings.pause()) < 0) {
      return false;
    }
    if (taken == 0) {
      return true;
    }
    Better asked = far ? settings.far() : settings.near();
    return taken < (far ? ENOUGH_VIEWS : FIRST_VIEWS)
        || value >= best * asked.gain()
        || (value >= best * NEARLY && since.compareTo(asked.patience()) >= 0);
  }

  /**
   * Notes the closer look at a view that was found worth it, and judges it by what that look found:
   * the landmarks of a search flatter a small or turned face.
   *
   * @param face as it is after the closer look
   * @param quality of that face
   * @return whether the view is embedded
   */
  public boolean isUsable(Duration at, Face face, ShotQuality quality, int widthPx, int heightPx) {
    looked = true;
    lastLook = at;
    return isWhole(face, widthPx, heightPx) && quality.value() >= settings.usable().leastQuality();
  }

  /** Whether a face is large enough and not cut by the edge of its picture. */
  private boolean isWhole(Face face, int widthPx, int heightPx) {
    return face.isFinite()
        && face.landmarks().interEyeDistancePx() >= settings.usable().smallestInterEyePx()
        && face.box().shareWithin(widthPx, heightPx) >= settings.usable().leastShareWithin();
  }

  /** Whether a view of this quality is better than all that were taken. */
  public boolean isBest(ShotQuality quality) {
    return quality.value() > best;
  }

  /** Notes that the view is embedded. */
  public void take(ShotQuality quality) {
    taken++;
    best = Math.max(best, quality.value());
  }

  /**
   * Notes what came of the views taken so far.
   *
   * @param belowThreshold how far the fused template lies below the threshold, as a difference of
   *     similarities; not kept
   */
  public void compared(double belowThreshold) {
    far = belowThreshold > settings.farBelow();
  }
}
