package org.sightline.edge.record;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What went through the agent since it started.
 *
 * @param frames processed
 * @param faceDetections faces found in them; one person is counted in every frame
 * @param facesSeen passes of one person in front of one camera: somebody who walks by once is one
 *     face seen
 * @param alerts raised
 * @param alertsByCategory the same by what the subjects are listed for. Those that a version raised
 *     which did not count them so are missing
 */
public record DeploymentCounts(
    long frames,
    long faceDetections,
    long facesSeen,
    long alerts,
    SortedMap<String, Long> alertsByCategory) {
  /** Of nothing yet. */
  public static final DeploymentCounts NONE = new DeploymentCounts(0, 0, 0, 0, new TreeMap<>());

  public DeploymentCounts {
    alertsByCategory = Collections.unmodifiableSortedMap(new TreeMap<>(alertsByCategory));
  }

  /**
   * The same with at least so many alerts: an outcome is counted at once, its alert within seconds,
   * or after a crash never.
   */
  DeploymentCounts withAlerts(long least) {
    return new DeploymentCounts(
        frames, faceDetections, facesSeen, Math.max(alerts, least), alertsByCategory);
  }

  /** Both together. */
  public DeploymentCounts plus(DeploymentCounts more) {
    SortedMap<String, Long> byCategory = new TreeMap<>(alertsByCategory);
    more.alertsByCategory.forEach(
        (category, count) -> byCategory.merge(category, count, Long::sum));
    return new DeploymentCounts(
        frames + more.frames,
        faceDetections + more.faceDetections,
        facesSeen + more.facesSeen,
        alerts + more.alerts,
        byCategory);
  }
}
