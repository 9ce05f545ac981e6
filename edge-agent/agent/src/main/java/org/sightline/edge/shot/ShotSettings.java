package org.sightline.edge.shot;

import java.time.Duration;

/**
 * Which views are embedded.
 *
 * @param smallestInterEyePx a face whose eyes are nearer to each other is never embedded
 * @param leastQuality nor is a view worth less than this, in [0, 1]
 * @param leastShareWithin nor is a face of whose box less than this share lies within the picture
 * @param most embeddings of one pass
 * @param pause between two embeddings of one pass, so that they are views and not copies
 * @param gain by which a later view has to be better than the best before it, as a factor
 * @param patience after which a view nearly as good as the best is embedded all the same
 * @param far a pass whose fused template lies farther than this below the threshold is unlikely to
 *     reach it with more of the same, as a difference of similarities
 * @param farGain the gain asked of the views of such a pass
 * @param farPatience its patience
 */
public record ShotSettings(
    double smallestInterEyePx,
    double leastQuality,
    double leastShareWithin,
    int most,
    Duration pause,
    double gain,
    Duration patience,
    double far,
    double farGain,
    Duration farPatience) {
  /**
   * The defaults: 10 px between the eyes, quality 0.1, nine tenths of the face in sight, 10 shots,
   * 120 ms, 1.2, 700 ms; more than 0.15 below the threshold 1.8 and 2 s.
   */
  public static ShotSettings defaults() {
    return new ShotSettings(
        10,
        0.1,
        0.9,
        10,
        Duration.ofMillis(120),
        1.2,
        Duration.ofMillis(700),
        0.15,
        1.8,
        Duration.ofSeconds(2));
  }
}
