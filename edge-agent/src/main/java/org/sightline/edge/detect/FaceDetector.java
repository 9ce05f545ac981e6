package org.sightline.edge.detect;

import java.util.List;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Picture;

/** Finds faces in pictures. One thread at a time; buffers are kept and reused between calls. */
public interface FaceDetector extends AutoCloseable {

  /**
   * Searches one picture.
   *
   * @return the faces, best score first, in the picture's own pixel space
   */
  List<Face> detect(Picture picture);

  @Override
  void close();
}
