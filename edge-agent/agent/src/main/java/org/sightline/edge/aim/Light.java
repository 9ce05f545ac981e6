package org.sightline.edge.aim;

import org.sightline.edge.capture.Luma;
import org.sightline.edge.domain.Picture;

/**
 * How a scene is lit, by what is watched of the view and never by faces alone: how bright
 * somebody's skin is says nothing of the camera.
 *
 * @param brightness mean, in [0, 255]
 * @param clipped share of the points that are as bright as can be, in [0, 1]
 * @param contrast levels between the darkest twentieth of the points and the brightest, in [0, 255]
 */
public record Light(double brightness, double clipped, double contrast) {
  /** Where highlights are clipped; encoders keep a little below white. */
  private static final int CLIPPED = 245;

  private static final int STEP_PX = 4;
  private static final double TWENTIETH = 0.05;

  /** Of what a picture shows. */
  public static Light of(Picture picture) {
    int[] levels = new int[256];
    int points = 0;
    for (int y = 0; y < picture.heightPx(); y += STEP_PX) {
      for (int x = 0; x < picture.widthPx(); x += STEP_PX) {
        levels[Luma.at(picture, x, y)]++;
        points++;
      }
    }
    long sum = 0;
    int bright = 0;
    for (int level = 0; level < levels.length; level++) {
      sum += (long) level * levels[level];
      bright += level >= CLIPPED ? levels[level] : 0;
    }
    return new Light(
        (double) sum / points,
        (double) bright / points,
        below(levels, points * (1 - TWENTIETH)) - below(levels, points * TWENTIETH));
  }

  /** The level that so many points do not exceed. */
  private static int below(int[] levels, double points) {
    int level = 0;
    int seen = levels[0];
    while (seen < points && level < levels.length - 1) {
      seen += levels[++level];
    }
    return level;
  }
}
