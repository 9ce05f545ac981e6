package org.sightline.edge.fieldtest.generate;

/**
 * One person walking towards the camera, along a straight line, and past it. The camera is a
 * pinhole on a mast above head height; metres and seconds.
 *
 * @param number counts the walks of a scene, from 1
 * @param startSeconds when they come into sight, far away; may lie before the clip
 */
record Walk(
    int number, Who who, float startSeconds, Line line, Gait gait, Look look, Outfit outfit) {
  /**
   * Who walks.
   *
   * @param person whom the cast shows
   * @param name what the truth calls them
   */
  record Who(long person, String name) {}

  /**
   * The way they take.
   *
   * @param speed metres a second
   * @param lane metres to the right of the camera's axis, at the end
   * @param drift metres by which they begin further to the right
   * @param below metres of the head below the camera
   */
  record Line(float speed, float lane, float drift, float below) {}

  /**
   * How they move on it.
   *
   * @param turn of the head, radians at most
   */
  record Gait(float stepsPerSecond, float turn, float turnPeriodSeconds, float phase) {}

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
            new Who(person, "P-%04d".formatted(number)),
            startSeconds,
            new Line(draw.between(1.0, 1.5), lane, 0, draw.between(0.36, 0.58)),
            new Gait(
                draw.between(1.6, 2.1),
                draw.between(0.05, 0.17),
                draw.between(2.5, 5),
                draw.between(0, 6.28)),
            Look.street(draw),
            Outfit.of(draw));
    return straight.drifting(draw.between(-1, 1) * crossing);
  }

  private Walk drifting(float by) {
    return new Walk(
        number,
        who,
        startSeconds,
        new Line(line.speed, line.lane, by, line.below),
        gait,
        look,
        outfit);
  }

  /** The same walk, walked by somebody else. */
  Walk by(Who other) {
    return new Walk(number, other, startSeconds, line, gait, look, outfit);
  }

  float endSeconds() {
    return startSeconds + (FAR - NEAR) / line.speed;
  }

  boolean isUnderway(float seconds) {
    return seconds >= startSeconds && seconds < endSeconds();
  }

  float distance(float seconds) {
    return FAR - line.speed * (seconds - startSeconds);
  }

  /** Metres to the right of the camera's axis. */
  float aside(float seconds) {
    return line.lane + line.drift * (distance(seconds) - NEAR) / (FAR - NEAR);
  }

  /** Turn of the head, radians. */
  float yaw(float seconds) {
    return gait.turn * (float) Math.sin(gait.phase + 6.2832f * seconds / gait.turnPeriodSeconds);
  }

  /** Tilt of the head towards a shoulder, radians. */
  float roll(float seconds) {
    return 0.05f * (float) Math.sin(2 * gait.phase + 3.1416f * gait.stepsPerSecond * seconds);
  }

  /** Metres by which each step lifts the head. */
  float bob(float seconds) {
    return 0.018f * (float) Math.sin(gait.phase + 6.2832f * gait.stepsPerSecond * seconds);
  }

  /** Swing of the legs, in [-1, 1]. */
  float stride(float seconds) {
    return (float) Math.sin(gait.phase + 3.1416f * gait.stepsPerSecond * seconds);
  }
}
