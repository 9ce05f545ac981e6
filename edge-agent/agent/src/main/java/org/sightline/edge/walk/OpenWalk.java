package org.sightline.edge.walk;

import java.time.Instant;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;

/**
 * An announced walk by one camera that was not judged yet.
 *
 * @param number of it in the data file
 * @param from first moment of it
 * @param until first moment in which it is over
 * @param passes that are expected
 */
public record OpenWalk(
    long number, CameraId camera, SubjectRef subject, Instant from, Instant until, int passes) {
  /** Whether a pass of a subject by a camera at a time is one of it. */
  public boolean expects(CameraId by, SubjectRef who, Instant at) {
    return camera.equals(by) && subject.equals(who) && !at.isBefore(from) && at.isBefore(until);
  }
}
