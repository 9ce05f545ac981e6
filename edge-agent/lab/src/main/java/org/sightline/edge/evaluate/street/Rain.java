package org.sightline.edge.evaluate.street;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Face;
import org.sightline.edge.imaging.Degradation;

/**
 * Rain on the lens or its window: drops in which what lies behind is upside down and out of focus,
 * and streaks where drops have run down, through which it is only blurred.
 *
 * @param share of the picture that drops and streaks cover, overlaps counted twice
 */
public record Rain(double share) implements Degradation {
  private static final double SMALLEST = 0.05;
  private static final double LARGEST = 0.16;

  /** One of so many is a streak. */
  private static final int STREAK_OF = 5;

  private static final double STREAK_LENGTH = 0.9;
  private static final double STREAK_WIDTH = 0.07;

  /** Of what is seen through water, a share of the face's height. */
  private static final double BLUR = 0.045;

  /** How much of the surroundings a drop shows, in its own radii. */
  private static final double REFRACTION = 2;

  /** The bright edge of a drop, grey levels. */
  private static final double GLINT = 35;

  /**
   * Water on the glass.
   *
   * @param halfHeight radius of a drop, half the length of a streak
   */
  private record Water(double x, double y, double halfWidth, double halfHeight) {
    boolean isStreak() {
      return halfHeight > halfWidth;
    }

    /** 0 in its middle, 1 at its edge. */
    double out(double atX, double atY) {
      return Math.hypot((atX - x) / halfWidth, (atY - y) / halfHeight);
    }
  }

  @Override
  public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
    List<Water> all = water(picture, face.box().height(), chance);
    BgrPicture blurred = new Defocus(BLUR).of(picture, face, chance);
    return Painting.mapped(
        picture,
        (x, y, channel) -> {
          for (Water water : all) {
            double out = water.out(x, y);
            if (out < 1) {
              return water.isStreak()
                  ? Painting.at(blurred, x, y, channel)
                  : Painting.at(
                          blurred,
                          water.x - REFRACTION * (x - water.x),
                          water.y - REFRACTION * (y - water.y),
                          channel)
                      + GLINT * out * out * out;
            }
          }
          return Painting.at(picture, x, y, channel);
        });
  }

  private List<Water> water(BgrPicture picture, double heightPx, RandomGenerator chance) {
    List<Water> all = new ArrayList<>();
    double left = share * picture.widthPx() * picture.heightPx();
    while (left > 0) {
      boolean streak = all.size() % STREAK_OF == STREAK_OF - 1;
      double radius = heightPx * chance.nextDouble(SMALLEST, LARGEST);
      Water water =
          new Water(
              chance.nextDouble() * picture.widthPx(),
              chance.nextDouble() * picture.heightPx(),
              streak ? heightPx * STREAK_WIDTH / 2 : radius,
              streak ? heightPx * STREAK_LENGTH / 2 : radius);
      all.add(water);
      left -= Math.PI * water.halfWidth * water.halfHeight;
    }
    return all;
  }
}
