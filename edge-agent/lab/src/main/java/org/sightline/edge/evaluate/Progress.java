package org.sightline.edge.evaluate;

/** Told of each picture that is done. */
@FunctionalInterface
public interface Progress {
  void done(int pictures, int ofPictures);
}
