package org.sightline.edge.console;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.aim.Light;
import org.sightline.edge.domain.Jpeg;

/**
 * What is shown of a camera at one moment.
 *
 * @param jpeg with every face hidden; null if there is none
 * @param why there is none; empty if there is one
 * @param faces within what may be looked at, largest first
 * @param leastHeightPx height from which nearly all faces are embedded, in pixels of the camera
 * @param light null if there is no picture
 */
record Preview(
    @Nullable Jpeg jpeg,
    String why,
    List<SeenFace> faces,
    int leastHeightPx,
    @Nullable Light light) {
  Preview {
    faces = List.copyOf(faces);
  }

  static Preview none(String why) {
    return new Preview(null, why, List.of(), 0, null);
  }

  /**
   * How a face stands in the picture; nothing of whose it is.
   *
   * @param heightPx in pixels of the camera
   * @param quality of the view, in hundredths of the best
   * @param usable whether it would be embedded
   */
  record SeenFace(int heightPx, int quality, boolean usable) {}
}
