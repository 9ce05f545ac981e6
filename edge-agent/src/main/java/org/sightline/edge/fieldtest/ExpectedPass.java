package org.sightline.edge.fieldtest;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;

/**
 * A pass of a listed person with what came of it.
 *
 * @param fromSeconds position in the clip from which on its alert is right
 * @param toSeconds position until which it is right
 * @param alertSeconds when its alert was raised; null if it was missed
 * @param similarity of its alert, cosine; null if it was missed
 * @param person by the truth; null without one, as what follows
 */
public record ExpectedPass(
    SubjectRef subject,
    String category,
    CameraId camera,
    double fromSeconds,
    double toSeconds,
    @Nullable Double alertSeconds,
    @Nullable Double similarity,
    @Nullable String person,
    @Nullable Double largestFaceHeightPx) {
  /** Whether it raised its alert. */
  public boolean alerted() {
    return alertSeconds != null;
  }

  /** Whether a false alert is about this pass, which had its alert already. */
  public boolean isRepeatedBy(RaisedAlert alert) {
    return alerted()
        && subject.equals(alert.subject())
        && camera.equals(alert.camera())
        && alert.seconds() >= fromSeconds
        && alert.seconds() <= toSeconds;
  }
}
