package org.sightline.edge.evaluate;

/** Called for each picture that is done. */
@FunctionalInterface
public interface Progress {
  void done(int pictures, int ofPictures);
}
