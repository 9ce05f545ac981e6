package org.sightline.edge.capture;

import org.jspecify.annotations.Nullable;

/** A source that can also be asked how it fares; both methods may be called from any thread. */
public interface MeasuredSource extends FrameSource {

  /** What the stream says of itself; null before its first frame. */
  @Nullable StreamProperties stream();

  /** Why a live source has no frames now; null while they flow, and always of a file. */
  @Nullable CaptureException trouble();
}
