package org.sightline.edge.fieldtest.generate;

import java.util.Locale;

/**
 * The light of a scene: how bright street and people come out, and what the camera makes of it. A
 * simple stand-in: factors on the colours, no shadows.
 */
public enum Light {
  /** Everything as it was drawn or photographed. */
  DAY(1, 1, 1, 0, 2, 2),
  /** Dark, flat and bluish; long exposure, much gain. */
  DUSK(0.45f, 0.4f, 0.85f, -0.06f, 20, 5),
  /** A bright street behind dark, flat faces. */
  BACKLIT(1.5f, 0.5f, 0.8f, 0, 4, 3);

  private final float street;
  private final float people;
  private final float contrast;
  private final float warmth;
  private final float exposureMillis;
  private final float noise;

  /**
   * @param street factor on the background
   * @param people factor on heads and clothes
   * @param contrast factor on the distance from middle grey
   * @param warmth 0 is white, positive is warm
   */
  Light(
      float street, float people, float contrast, float warmth, float exposureMillis, float noise) {
    this.street = street;
    this.people = people;
    this.contrast = contrast;
    this.warmth = warmth;
    this.exposureMillis = exposureMillis;
    this.noise = noise;
  }

  /** What files call it. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How long a camera would expose each frame in this light. */
  public float exposureMillis() {
    return exposureMillis;
  }

  /** Standard deviation of the noise that its sensor would have, grey levels. */
  public float noise() {
    return noise;
  }

  Colour onStreet(Colour colour) {
    return lit(colour, street);
  }

  Colour onPeople(Colour colour) {
    return lit(colour, people);
  }

  private Colour lit(Colour colour, float gain) {
    return this == DAY
        ? colour
        : new Colour(
            lit(colour.red(), gain * (1 + warmth)),
            lit(colour.green(), gain),
            lit(colour.blue(), gain * (1 - warmth)));
  }

  private float lit(float level, float gain) {
    return Math.max(0, Math.min(1, ((level - 0.5f) * contrast + 0.5f) * gain));
  }
}
