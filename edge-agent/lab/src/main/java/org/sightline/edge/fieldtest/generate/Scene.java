package org.sightline.edge.fieldtest.generate;

import java.util.ArrayList;
import java.util.List;

/**
 * What is asked of a generated clip.
 *
 * @param seed the same seed gives the same scene
 */
public record Scene(long seed, Video video, Crowd crowd, Exposure exposure) {
  /**
   * The clip.
   *
   * @param bitRate bits per second; 0 for one that suits the size
   */
  public record Video(int widthPx, int heightPx, int framesPerSecond, float seconds, int bitRate) {}

  /**
   * Who walks through.
   *
   * @param people all of them from far to near within the clip; used if {@code facesPerFrame} is 0
   * @param facesPerFrame how many people are in sight at any time, as a stream that neither begins
   *     nor ends within the clip; 0 for a given number of people
   * @param crossing metres by which people drift to either side on their way
   */
  public record Crowd(int people, float facesPerFrame, float crossing) {}

  /**
   * What light falls on the sensor.
   *
   * @param millis how long each frame is exposed: what moves meanwhile is blurred
   * @param noise standard deviation of the sensor's noise, in grey levels
   */
  public record Exposure(Light light, float millis, float noise) {}

  private static final float SLOWEST_WALK_SECONDS = 9.8f;

  public Scene {
    if (video.widthPx < 160
        || video.heightPx < 120
        || video.widthPx % 2 != 0
        || video.heightPx % 2 != 0) {
      throw new IllegalArgumentException("a scene is at least 160x120, both sides even");
    }
    if (video.framesPerSecond < 1
        || video.seconds <= 0
        || crowd.facesPerFrame < 0
        || exposure.noise < 0
        || video.bitRate < 0
        || crowd.crossing < 0
        || exposure.millis < 0) {
      throw new IllegalArgumentException("a scene's rates and lengths are positive");
    }
    if (crowd.facesPerFrame == 0 && (crowd.people < 1 || video.seconds < SLOWEST_WALK_SECONDS)) {
      throw new IllegalArgumentException(
          "a scene has people in it, and at least 10 seconds for them to walk by");
    }
  }

  /** How long it takes so many people to walk by, so many of them in sight at a time. */
  public static float seconds(int people, float facesPerFrame) {
    return SLOWEST_WALK_SECONDS + (people - 1) * interval(facesPerFrame);
  }

  /** A walk takes 8 seconds in the mean, and is out of sight for the last part of it. */
  private static float interval(float facesPerFrame) {
    return 7.4f / facesPerFrame;
  }

  /**
   * What one of several cameras sees: a street of its own, with its share of the people.
   *
   * @param index from 0; the first camera's scene does not depend on how many there are, but for
   *     the people
   */
  Scene ofCamera(int index, int cameras) {
    return new Scene(
        index == 0 ? seed : Draw.seed(seed, 3_000_000 + index),
        video,
        new Crowd(
            crowd.people / cameras + (index < crowd.people % cameras ? 1 : 0),
            crowd.facesPerFrame,
            crowd.crossing),
        exposure);
  }

  public int frames() {
    return Math.round(video.seconds * video.framesPerSecond);
  }

  /** Pixels to a metre at a distance of one metre. */
  float focalPx() {
    return 1.3f * video.heightPx;
  }

  /** Height in the picture of what is as high as the camera. */
  float horizonPx() {
    return 0.2f * video.heightPx;
  }

  int bitsPerSecond() {
    return video.bitRate > 0
        ? video.bitRate
        : Math.round(video.widthPx * video.heightPx * video.framesPerSecond * 0.12f);
  }

  /** The number of the {@code index}-th person of this scene, whatever the cast makes of it. */
  long person(int index) {
    return Draw.seed(seed, 1_000 + index);
  }

  /** The number of the {@code index}-th person who is nowhere in this scene. */
  long stranger(int index) {
    return Draw.seed(seed, 1_000_000 + index);
  }

  /**
   * Everybody's walk, by the time they come into sight.
   *
   * @param first number of the first of them
   */
  List<Walk> walks(int first) {
    List<Walk> walks = new ArrayList<>();
    if (crowd.facesPerFrame == 0) {
      for (int i = 0; i < crowd.people; i++) {
        walks.add(
            walk(
                first,
                i,
                crowd.people == 1
                    ? 0
                    : (video.seconds - SLOWEST_WALK_SECONDS) * i / (crowd.people - 1)));
      }
    } else {
      float interval = interval(crowd.facesPerFrame);
      for (float start = -SLOWEST_WALK_SECONDS; start < video.seconds; start += interval) {
        walks.add(walk(first, walks.size(), start));
      }
    }
    return walks;
  }

  private Walk walk(int first, int index, float startSeconds) {
    Draw draw = Draw.of(seed, 500_000 + index);
    // Steps of the golden section spread neighbours in time over the width of the street.
    float share = (index * 0.618034f + 0.3f) % 1;
    float lane = (share - 0.5f) * 1.1f * video.widthPx / video.heightPx;
    return Walk.of(first + index, person(index), startSeconds, lane, crowd.crossing, draw);
  }
}
