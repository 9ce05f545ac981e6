package org.sightline.edge.fieldtest.generate;

import org.jspecify.annotations.Nullable;

/** What is known of a generated clip because it was made so. */
public final class Truth {
  private Truth() {}

  /**
   * A face in one frame. The box is upright, from the middle of the forehead to the chin and from
   * cheek to cheek, in the frame's pixels.
   *
   * @param pass number of the pass it belongs to, from 1
   * @param visible whether it lies within the frame and at most half of it is hidden
   */
  public record FaceInFrame(
      int pass, String person, float x, float y, float width, float height, boolean visible) {}

  /**
   * One person walking by once.
   *
   * @param subject reference on the watchlist; null if not listed
   * @param enterSeconds of the first frame with the face visible
   * @param leaveSeconds of the last one
   * @param largestFaceHeightPx among the frames with the face visible
   */
  public record Pass(
      int pass,
      String person,
      @Nullable String subject,
      float enterSeconds,
      float leaveSeconds,
      float largestFaceHeightPx) {}
}
