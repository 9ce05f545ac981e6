package org.sightline.edge.fieldtest.generate;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.imaging.Stills;

/**
 * People whose heads are cut out of photographs. Their expression is that of the photograph, and so
 * is its light, but for brightness and colour.
 */
final class PortraitCast implements Cast {
  private final List<Sitting> sittings;

  /** A picture of somebody. */
  record Sitting(Path picture, Landmarks face) {}

  /**
   * @param sittings a person's number is the place of their sitting
   */
  PortraitCast(List<Sitting> sittings) {
    this.sittings = List.copyOf(sittings);
  }

  @Override
  public List<Sprite> heads(long person, Look look, float[] yaws, float faceHeightPx) {
    Sitting sitting = sittings.get((int) person);
    HeadCut head;
    try {
      head = HeadCut.of(Stills.read(sitting.picture()), sitting.face(), faceHeightPx);
    } catch (PictureException e) {
      throw new IllegalStateException("a picture was removed while the scene was made", e);
    }
    return IntStream.range(0, yaws.length).mapToObj(i -> head.turned(yaws[i], look)).toList();
  }
}
