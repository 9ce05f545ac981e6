package org.sightline.edge.fieldtest.generate;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.BoxPx;

/** What is known of a generated clip because it was made so. */
public final class Truth {
  private Truth() {}

  /**
   * A face in one frame. The box is upright, from the middle of the forehead to the chin and from
   * cheek to cheek, in the frame's pixels.
   *
   * @param pass number of the pass it belongs to, from 1
   * @param visible whether it lies within the frame and at most half of it is hidden
   * @param seen share of the box that lies within the frame and in front of everybody else
   * @param motionBlurPx way of the face over the sensor while the frame is exposed
   */
  public record FaceInFrame(
      int pass,
      String person,
      @JsonUnwrapped BoxPx box,
      boolean visible,
      float seen,
      float motionBlurPx) {}

  /** The faces of one frame, the nearest last. */
  public record FrameOfCamera(String camera, int frame, float seconds, List<FaceInFrame> faces) {
    public FrameOfCamera {
      faces = List.copyOf(faces);
    }
  }

  /** Who is on the watchlist and walks by. */
  public record ListedPerson(String subject, String person) {}

  /**
   * One person walking by once.
   *
   * @param subject reference on the watchlist; null if not listed
   * @param camera that they walk by
   */
  public record Pass(
      int pass,
      String person,
      @Nullable String subject,
      @JsonUnwrapped Passage passage,
      String camera,
      @JsonUnwrapped Visibility visibility,
      String light) {}

  /**
   * When somebody walks by, and how near.
   *
   * @param enterSeconds of the first frame with the face visible
   * @param leaveSeconds of the last one
   * @param largestFaceHeightPx among the frames with the face visible
   */
  public record Passage(float enterSeconds, float leaveSeconds, float largestFaceHeightPx) {}

  /**
   * How well a face was to be seen.
   *
   * @param secondsVisible in all
   * @param shareHidden mean share of the face that was not seen, from the first visible frame to
   *     the last
   * @param motionBlurPx the largest among the frames with the face visible
   */
  public record Visibility(float secondsVisible, float shareHidden, float motionBlurPx) {}
}
