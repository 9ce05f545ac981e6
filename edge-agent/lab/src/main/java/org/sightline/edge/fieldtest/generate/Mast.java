package org.sightline.edge.fieldtest.generate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A camera of a field test, with what there is to see from it.
 *
 * @param camera its id
 * @param clip name of the file
 * @param walks with numbers that no other camera's walks have, by the time they begin
 */
record Mast(String camera, String clip, Scene scene, List<Walk> walks) {
  private static final String ID = "mast-";

  Mast {
    walks = List.copyOf(walks);
  }

  /** The cameras of a scene, their walks numbered through. */
  static List<Mast> of(Scene scene, int cameras) {
    List<Mast> masts = new ArrayList<>();
    int first = 1;
    for (int i = 0; i < cameras; i++) {
      Scene own = scene.ofCamera(i, cameras);
      List<Walk> walks = own.walks(first);
      String clip = cameras == 1 ? "clip.mp4" : "clip-" + (i + 1) + ".mp4";
      masts.add(new Mast(ID + (i + 1), clip, own, walks));
      first += walks.size();
    }
    return masts;
  }

  /** Those who come into sight and leave it within the clip. */
  List<Walk> wholeWalks() {
    return walks.stream()
        .filter(walk -> walk.startSeconds() >= 0 && walk.endSeconds() <= scene.video().seconds())
        .toList();
  }

  /**
   * The same camera, with what its walks became when people were given to them.
   *
   * @param cast all walks by their number
   */
  Mast with(Map<Integer, Walk> cast) {
    return new Mast(
        camera,
        clip,
        scene,
        walks.stream().map(walk -> cast.getOrDefault(walk.number(), walk)).toList());
  }
}
