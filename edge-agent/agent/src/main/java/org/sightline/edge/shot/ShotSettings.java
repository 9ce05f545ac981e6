package org.sightline.edge.shot;

import java.time.Duration;

/**
 * Which views are embedded.
 *
 * @param most embeddings of one pass
 * @param pause between two embeddings of one pass, so that they are views and not copies
 * @param near asked of a later view
 * @param farBelow a pass whose fused template lies farther than this below the threshold is
 *     unlikely to reach it with more of the same, as a difference of similarities
 * @param far asked of a later view of such a pass
 */
public record ShotSettings(
    Usable usable, int most, Duration pause, Better near, double farBelow, Better far) {
  /**
   * What may be embedded at all.
   *
   * @param smallestInterEyePx a face whose eyes are nearer to each other is never embedded
   * @param leastQuality nor is a view worth less than this, in [0, 1]
   * @param leastShareWithin nor is a face of whose box less than this share lies within the picture
   */
  public record Usable(double smallestInterEyePx, double leastQuality, double leastShareWithin) {}

  /**
   * What a later view has to be.
   *
   * @param gain by which it has to be better than the best before it, as a factor
   * @param patience after which one nearly as good as the best is embedded all the same
   */
  public record Better(double gain, Duration patience) {}

  /**
   * The defaults: 10 px between the eyes, quality 0.1, nine tenths of the face in sight, 10 shots,
   * 120 ms, 1.2, 700 ms; more than 0.15 below the threshold 1.8 and 2 s.
   */
  public static ShotSettings defaults() {
    return new ShotSettings(
        new Usable(10, 0.1, 0.9),
        10,
        Duration.ofMillis(120),
        new Better(1.2, Duration.ofMillis(700)),
        0.15,
        new Better(1.8, Duration.ofSeconds(2)));
  }
}
