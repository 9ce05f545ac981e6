package org.sightline.edge.pipeline;

import java.util.List;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;

/** Is shown every frame once all that comes of it is decided. */
@FunctionalInterface
public interface SearchedFrames {
  /** Looks at none. */
  SearchedFrames NONE = (frame, found, view) -> {};

  /**
   * A frame was searched. Called on the analysis thread, which waits: what takes long is done
   * elsewhere.
   *
   * @param frame is borrowed for the length of the call
   * @param found in what was searched of it, whether it may be looked at or not
   * @param view what may be looked at
   */
  void searched(Frame frame, List<Face> found, WatchedView view);
}
