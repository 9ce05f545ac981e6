package org.sightline.edge.presentationattack;

import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PresentationCheck;

/**
 * Distinguishes pictures of faces from faces, in two steps: looking is cheap and has to be done
 * while the frame is at hand, assessing is dear and is done for alerts alone. One thread at a time.
 */
public interface AttackDetector extends AutoCloseable {
  /** Copies what is needed of a face and its surroundings. */
  PresentedFace look(Picture picture, BoxPx face);

  /** Assesses what was looked at, which stays the caller's. */
  PresentationCheck assess(PresentedFace face);

  @Override
  void close();
}
