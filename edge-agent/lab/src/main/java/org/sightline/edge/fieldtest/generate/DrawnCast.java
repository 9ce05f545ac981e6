package org.sightline.edge.fieldtest.generate;

import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.domain.BoxPx;

/** People drawn from their number as a seed. */
final class DrawnCast implements Cast {

  @Override
  public List<Sprite> heads(long person, Look look, float[] yaws, float faceHeightPx) {
    Person drawn = Person.of(person);
    float unitPx = faceHeightPx / drawn.faceHeight();
    Relief relief = new Relief(drawn, unitPx, look.smile(), look.shut());
    List<Sprite> heads = new ArrayList<>(yaws.length);
    for (float yaw : yaws) {
      heads.add(
          new Sprite(
              Portrait.of(relief, look.turned(yaw, look.pose().pitch())), box(drawn, yaw, unitPx)));
    }
    return heads;
  }

  /** The face in the sprite: the skull's front turns about an axis behind it. */
  private static BoxPx box(Person person, float yaw, float unitPx) {
    float half = person.head().outline().cheekHalf() * 0.97f;
    float centre = 0.42f * (float) Math.sin(yaw);
    return new BoxPx(
        (centre - half - Relief.LEFT) * unitPx,
        (person.faceTop() - Relief.TOP) * unitPx,
        2 * half * unitPx,
        person.faceHeight() * unitPx);
  }
}
