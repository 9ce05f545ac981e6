package org.sightline.edge.evaluate.street;

import java.util.random.RandomGenerator;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.imaging.Degradation;

/**
 * A bright sky behind a dark face: head and body get less light, what is around them twice as much,
 * and the sensor adds noise.
 *
 * @param factor of the levels of head and body, in (0, 1]
 */
public record Backlight(double factor) implements Degradation {
  private static final double BEHIND = 2;

  /** Standard deviation, grey levels: as a camera has it at a gain that the dark asks for. */
  private static final double NOISE = 4;

  /** Over how much of the face's height the edge of the head glares into it. */
  private static final double EDGE = 0.15;

  @Override
  public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
    return Painting.mapped(
        picture,
        (x, y, channel) -> {
          double person = person(face.box(), x + 0.5, y + 0.5);
          double light = person * factor + (1 - person) * BEHIND;
          return light * Painting.at(picture, x, y, channel) + NOISE * chance.nextGaussian();
        });
  }

  /** 1 on head and body, 0 beside them, in between at their edge. */
  private static double person(BoxPx box, double x, double y) {
    double height = box.height();
    double aside = Math.abs(x - box.centreX()) / height;
    double down = (y - box.centreY()) / height;
    double head = 1 - Math.hypot(aside / 0.58, (down + 0.1) / 0.78);
    // Neck, then shoulders.
    double body = down < 0.3 ? -1 : (down < 0.6 ? 0.35 : 1.1) - aside;
    return Math.max(0, Math.min(1, 0.5 + Math.max(head, body) / EDGE));
  }
}
