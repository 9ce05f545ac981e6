package org.sightline.edge.fieldtest.generate;

import java.util.List;

/** Where the heads of a scene come from. Thread-safe. */
interface Cast {
  /**
   * The head of one person, cut out, turned several ways.
   *
   * @param person names the person; the same number is the same person
   * @param look light and expression; its turn is not used
   * @param yaws turns of the head, radians
   * @param faceHeightPx wanted height of the face, forehead to chin
   * @return one sprite to each yaw, all of the same size
   */
  List<Sprite> heads(long person, Look look, float[] yaws, float faceHeightPx);
}
