package org.sightline.edge.aim;

import org.sightline.edge.shot.ShotSettings;

/**
 * What a camera's view is held against; docs/aiming.md says where each comes from.
 *
 * @param faceHeightPx from which height on nearly all faces are found and embedded
 * @param eyeDistancePx below which none is ever embedded
 */
public record AimLimits(double faceHeightPx, double eyeDistancePx) {
  /** At this height 94 of 100 frontal faces are embedded, whatever is searched for. */
  private static final double EMBEDDED_PX = 48;

  /** A face is found reliably at twice the height of the smallest that is searched for. */
  private static final double RELIABLY = 2;

  /** Of 100 people who walk by so many have to come to the least size. */
  static final double ENOUGH_OF_PEOPLE = 0.9;

  /** A third of what a face in good focus has, by {@code imaging.Sharpness}. */
  public static final double SHARPNESS = 0.02;

  public static final double DARKEST = 40;
  static final double MOST_CLIPPED = 0.25;
  static final double CONTRAST = 60;
  static final double FRAMES_PER_SECOND = 10;
  static final double JITTER_MILLIS = 40;

  /** Of a search that finds faces from this height on, in pixels of the camera. */
  public static AimLimits of(double searchedPx) {
    return new AimLimits(
        Math.max(EMBEDDED_PX, RELIABLY * searchedPx),
        ShotSettings.defaults().usable().smallestInterEyePx());
  }
}
