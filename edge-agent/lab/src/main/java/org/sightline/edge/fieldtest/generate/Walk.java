package org.sightline.edge.fieldtest.generate;

/**
 * One person walking towards the camera, along a straight line, and past it. The camera is a
 * pinhole on a mast above head height; metres and seconds.
 *
 * @param number counts the walks of a scene, from 1
 * @param person whom the cast shows
 * @param name what the truth calls them
 * @param startSeconds when they come into sight, far away; may lie before the clip
 * @param lane metres to the right of the camera's axis, at the end
 * @param drift metres by which they begin further to the right
 * @param below metres of the head below the camera
 */
record Walk(
    int number,
    long person,
    String name,
    float startSeconds,
    float speed,
    float lane,
    float drift,
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

  /**
   * A walk at a pace and in a manner of its own.
   *
   * @param crossing the largest drift to either side, metres
   */
  static Walk of(
      int number, long person, float startSeconds, float lane, float crossing, Draw draw) {
    Walk straight =
        new Walk(
            number,
            person,
            "P-%04d".formatted(number),
            startSeconds,
            draw.between(1.0, 1.5),
            lane,
            0,
            draw.between(0.36, 0.58),
            draw.between(1.6, 2.1),
            draw.between(0.05, 0.17),
            draw.between(2.5, 5),
            draw.between(0, 6.28),
            Look.street(draw),
            Outfit.of(draw));
    return straight.drifting(draw.between(-1, 1) * crossing);
  }

  private Walk drifting(float by) {
    return with(person, name, by);
  }

  /** The same walk, walked by somebody else. */
  Walk by(long other, String otherName) {
    return with(other, otherName, drift);
  }

  private Walk with(long newPerson, String newName, float newDrift) {
    return new Walk(
        number,
        newPerson,
        newName,
        startSeconds,
        speed,
        lane,
        newDrift,
        below,
        stepsPerSecond,
        turn,
        turnPeriodSeconds,
        phase,
        look,
        outfit);
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

  /** Metres to the right of the camera's axis. */
  float aside(float seconds) {
    return lane + drift * (distance(seconds) - NEAR) / (FAR - NEAR);
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
