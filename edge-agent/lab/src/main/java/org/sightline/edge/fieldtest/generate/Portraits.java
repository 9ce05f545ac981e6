package org.sightline.edge.fieldtest.generate;

import java.nio.file.Path;
import org.sightline.edge.models.InstalledPack;

/**
 * Photographs that the people of a scene are to be made of.
 *
 * @param from folder with a folder of pictures, or one picture, for each person
 * @param pack whose detector finds the faces
 * @param enrolPictures how many pictures of each listed person are enrolled; others walk by
 */
public record Portraits(Path from, InstalledPack pack, int enrolPictures) {
  public Portraits {
    if (enrolPictures < 1) {
      throw new IllegalArgumentException("a listed person has a picture to enrol at least");
    }
  }
}
