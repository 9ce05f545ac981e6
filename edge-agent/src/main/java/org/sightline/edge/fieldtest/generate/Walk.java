package org.sightline.edge.fieldtest.generate;

/**
 * One person walking towards the camera, along a straight lane, and past it. The camera is a
 * pinhole on a mast above head height; metres and seconds.
 *
 * @param number counts the walks of a scene, from 1
 * @param person whom the cast shows
 * @param startSeconds when they come into sight, far away; may lie before the clip
 * @param lane metres to the right of the camera's axis
 * @param below metres of the head below the camera
 */
record Walk(
    int number,
    long person,
    float startSeconds,
    float speed,
    float lane,
    float below,
    float stepsPerSecond,
    float turn,
    float turnPeriodSeconds,
    float phase,
    Look look,
    Outfit outfit) {
  /** Where people come into sight, and where the last of them have left it. */
  static final float FAR = 10.5f;

  static final float NEAR = 0.75f;

  static Walk of(int number, long person, float startSeconds, float lane, Draw draw) {
    return new Walk(
        number,
        person,
        startSeconds,
        draw.between(1.0, 1.5),
        lane,
        draw.between(0.36, 0.58),
        draw.between(1.6, 2.1),
        draw.between(0.05, 0.17),
        draw.between(2.5, 5),
        draw.between(0, 6.28),
        Look.street(draw),
        Outfit.of(draw));
  }

  float endSeconds() {
    return startSeconds + (FAR - NEAR) / speed;
  }

  boolean isUnderway(float seconds) {
    return seconds >= startSeconds && seconds < endSeconds();
  }

  float distance(float seconds) {
    return FAR - speed * (seconds - startSeconds);
  }

  /** Turn of the head, radians. */
  float yaw(float seconds) {
    return turn * (float) Math.sin(phase + 6.2832f * seconds / turnPeriodSeconds);
  }

  /** Tilt of the head towards a shoulder, radians. */
  float roll(float seconds) {
    return 0.05f * (float) Math.sin(2 * phase + 3.1416f * stepsPerSecond * seconds);
  }

  /** Metres by which each step lifts the head. */
  float bob(float seconds) {
    return 0.018f * (float) Math.sin(phase + 6.2832f * stepsPerSecond * seconds);
  }

  /** Swing of the legs, in [-1, 1]. */
  float stride(float seconds) {
    return (float) Math.sin(phase + 3.1416f * stepsPerSecond * seconds);
  }
}
