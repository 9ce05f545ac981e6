package org.sightline.edge.evaluate.street;

import java.util.random.RandomGenerator;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Face;
import org.sightline.edge.imaging.Degradation;

/**
 * A head tilted towards a shoulder: the picture turned about the middle of the face's box, which
 * stays where it is.
 *
 * @param degrees clockwise
 */
public record Tilt(double degrees) implements Degradation {
  @Override
  public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
    double cos = Math.cos(Math.toRadians(degrees));
    double sin = Math.sin(Math.toRadians(degrees));
    double middleX = face.box().centreX();
    double middleY = face.box().centreY();
    return Painting.mapped(
        picture,
        (x, y, channel) ->
            Painting.at(
                picture,
                middleX + cos * (x - middleX) + sin * (y - middleY),
                middleY - sin * (x - middleX) + cos * (y - middleY),
                channel));
  }
}
