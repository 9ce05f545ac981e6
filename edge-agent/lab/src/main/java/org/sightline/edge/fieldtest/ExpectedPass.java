package org.sightline.edge.fieldtest;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;

/**
 * A pass of a listed person with what came of it.
 *
 * @param fromSeconds position in the clip from which on its alert is right
 * @param toSeconds position until which it is right
 * @param alertSeconds when its alert was raised; null if it was missed
 * @param outsideSeconds of a missed one, when an alert of its subject came at its camera outside
 *     every window, the nearest to this one; null if none did
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
    @Nullable Double outsideSeconds,
    @Nullable Double similarity,
    @Nullable String person,
    @Nullable Double largestFaceHeightPx) {
  /** Whether it raised its alert. */
  public boolean alerted() {
    return alertSeconds != null;
  }

  /** Why it was missed, in words. */
  public String whyMissed() {
    return outsideSeconds == null
        ? "no alert was raised"
        : String.format(
            Locale.ROOT,
            "the alert came at %.2f s, outside its window of %.2f to %.2f s",
            outsideSeconds,
            fromSeconds,
            toSeconds);
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
