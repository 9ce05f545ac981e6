package org.sightline.edge.fieldtest;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;

/**
 * A pass of a listed person with what came of it.
 *
 * @param category why the subject is listed
 */
public record ExpectedPass(
    SubjectRef subject,
    String category,
    CameraId camera,
    @JsonUnwrapped Window window,
    @JsonUnwrapped Raised raised,
    @JsonUnwrapped Passer passer) {
  /**
   * When its alert is right.
   *
   * @param fromSeconds position in the clip from which on it is
   * @param toSeconds position until which it is
   */
  public record Window(double fromSeconds, double toSeconds) {}

  /**
   * What came of it.
   *
   * @param alertSeconds when its alert was raised; null if it was missed
   * @param outsideSeconds of a missed one, when an alert of its subject came at its camera outside
   *     every window, the nearest to this one; null if none did
   * @param similarity of its alert, cosine; null if it was missed
   */
  public record Raised(
      @Nullable Double alertSeconds,
      @Nullable Double outsideSeconds,
      @Nullable Double similarity) {}

  /**
   * Who walked by, by the truth; nulls without one.
   *
   * @param faceFound whether the detector finds the face in any frame; null if that is not known
   */
  public record Passer(
      @Nullable String person, @Nullable Double largestFaceHeightPx, @Nullable Boolean faceFound) {}

  /** Whether it raised its alert. */
  public boolean alerted() {
    return raised.alertSeconds != null;
  }

  /** Why it was missed, in words. */
  public String whyMissed() {
    return raised.outsideSeconds == null
        ? "no alert was raised"
        : String.format(
            Locale.ROOT,
            "the alert came at %.2f s, outside its window of %.2f to %.2f s",
            raised.outsideSeconds,
            window.fromSeconds,
            window.toSeconds);
  }

  /** Whether a false alert is about this pass, which had its alert already. */
  public boolean isRepeatedBy(RaisedAlert alert) {
    return alerted()
        && subject.equals(alert.subject())
        && camera.equals(alert.camera())
        && alert.seconds() >= window.fromSeconds
        && alert.seconds() <= window.toSeconds;
  }
}
