package org.sightline.edge.fieldtest.generate;

/**
 * How somebody happens to look in one picture: everything about a face that is not the person.
 *
 * @param smile 0 at rest to 1
 * @param shut 0 eyes open to 1 nearly closed
 */
record Look(Pose pose, float smile, float shut, Lighting lighting) {
  /**
   * How the head is held.
   *
   * @param yaw turn of the head to the picture's right, radians; drawn well up to about 0.35
   * @param pitch nod downwards, radians
   */
  record Pose(float yaw, float pitch) {}

  /**
   * How the face is lit.
   *
   * @param x where the light comes from, to the right and {@code y} downwards, of a unit vector
   * @param brightness of the whole, 1 is full
   * @param contrast share of the light that is directed, in [0, 1]
   * @param warmth colour of the light, 0 is white, positive is warm
   */
  record Lighting(float x, float y, float brightness, float contrast, float warmth) {}

  /** A passport picture: from the front, at rest, evenly lit. */
  static final Look PLAIN = new Look(new Pose(0, 0), 0, 0, new Lighting(0, -0.3f, 1, 0.55f, 0));

  /** A cooperative portrait that differs a little from every other. */
  static Look portrait(Draw draw) {
    return new Look(
        new Pose(draw.between(-0.06, 0.06), draw.between(-0.05, 0.05)),
        draw.chance(0.5) ? 0 : draw.between(0, 0.6),
        draw.between(0, 0.2),
        new Lighting(
            draw.between(-0.35, 0.35),
            draw.between(-0.5, -0.15),
            draw.between(0.88, 1.05),
            draw.between(0.45, 0.65),
            draw.between(-0.03, 0.05)));
  }

  /** A face among others in the street. */
  static Look street(Draw draw) {
    return new Look(
        new Pose(draw.between(-0.18, 0.18), draw.between(-0.08, 0.08)),
        draw.chance(0.6) ? 0 : draw.between(0, 0.9),
        draw.between(0, 0.35),
        new Lighting(
            draw.between(-0.5, 0.5),
            draw.between(-0.6, -0.1),
            draw.between(0.7, 1.08),
            draw.between(0.4, 0.68),
            draw.between(-0.06, 0.09)));
  }

  Look turned(float newYaw, float newPitch) {
    return new Look(new Pose(newYaw, newPitch), smile, shut, lighting);
  }
}
