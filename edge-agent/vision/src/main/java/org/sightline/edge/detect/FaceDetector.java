package org.sightline.edge.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.imaging.Part;

/** Finds faces in pictures. One thread at a time; buffers are kept and reused between calls. */
public interface FaceDetector extends AutoCloseable {

  /**
   * Searches one picture.
   *
   * @return the faces, best score first, in the picture's own pixel space
   */
  List<Face> detect(Picture picture);

  /**
   * Searches parts of several pictures, of one size or not, at the scale at which the whole picture
   * would be searched.
   *
   * @param search how thoroughly; a detector may always search in full
   * @return for each part the faces whose centre lies in it, as {@link #detect} finds them in the
   *     whole picture, in whose pixel space they are; which searches in full
   */
  default List<List<Face>> detectAll(List<Part> parts, Search search) {
    List<List<Face>> faces = new ArrayList<>(parts.size());
    for (Part part : parts) {
      faces.add(
          detect(part.whole()).stream()
              .filter(face -> part.contains(face.box().centreX(), face.box().centreY()))
              .toList());
    }
    return faces;
  }

  /** How many pictures are best searched at once: more than 1 only where that gains time. */
  default int together() {
    return 1;
  }

  /**
   * Looks at one face again, at the size at which the detector is most precise. What is found by
   * searching a whole frame at reduced size is enough to follow a face; a template needs landmarks
   * that lie where the network was trained to have them.
   *
   * @param face found in this picture
   * @return the same face with better landmarks; empty if it is none on closer look
   */
  Optional<Face> refine(Picture picture, Face face);

  @Override
  void close();
}
