package org.sightline.edge.walk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;

/**
 * Says that somebody listed as a control entry will walk past some cameras.
 *
 * @param cameras each of which the subject passes; at least one, none twice
 * @param from first moment in which they may
 * @param until first moment in which the walk is over; {@link #SHORTEST} to {@link #LONGEST} after
 *     {@code from}
 * @param passes how often they pass each camera, 1 to {@value #MOST_PASSES}
 */
public record AnnouncedWalk(
    UUID id,
    DeploymentId deployment,
    SubjectRef subject,
    List<CameraId> cameras,
    Instant from,
    Instant until,
    int passes) {
  public static final Duration SHORTEST = Duration.ofSeconds(5);
  public static final Duration LONGEST = Duration.ofHours(1);
  public static final int MOST_PASSES = 20;

  /**
   * @throws IllegalArgumentException if it cannot be, in one line
   */
  public AnnouncedWalk {
    cameras = List.copyOf(cameras);
    Duration length = Duration.between(from, until);
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a walk takes " + SHORTEST + " to " + LONGEST + ", and not " + length);
    }
    if (passes < 1 || passes > MOST_PASSES) {
      throw new IllegalArgumentException("a walk has 1 to " + MOST_PASSES + " passes");
    }
    if (cameras.isEmpty() || cameras.stream().distinct().count() < cameras.size()) {
      throw new IllegalArgumentException("a walk names each of its cameras once");
    }
  }
}
