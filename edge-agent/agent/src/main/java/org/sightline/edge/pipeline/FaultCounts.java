package org.sightline.edge.pipeline;

/**
 * What unexpected errors have cost since the pipeline was started.
 *
 * @param faces views of a face that were passed over, and alerts that could not be made at first
 * @param frames that were passed over, with all their faces
 * @param cameras times that reading a camera failed, so that it was closed
 */
public record FaultCounts(long faces, long frames, long cameras) {
  /** Whether there were any. */
  public boolean any() {
    return faces + frames + cameras > 0;
  }

  /** In words, for people. */
  public String described() {
    return "unexpected errors cost %d faces, %d frames, %d camera connections"
        .formatted(faces, frames, cameras);
  }
}
