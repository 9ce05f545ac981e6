package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Zone;

/**
 * A camera that may be read.
 *
 * @param zone outside which nobody is looked at; empty, and not written, for the whole view
 */
public record AuthorisedCamera(
    CameraId id,
    CameraKind kind,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Zone> zone) {
  /** A van carries a few. */
  public static final int MOST = 16;

  /**
   * That these are the cameras of a deployment.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireList(List<AuthorisedCamera> cameras) {
    if (cameras.isEmpty() || cameras.size() > MOST) {
      throw new IllegalArgumentException("an authorisation names 1 to " + MOST + " cameras");
    }
    if (cameras.stream().map(AuthorisedCamera::id).distinct().count() < cameras.size()) {
      throw new IllegalArgumentException("an authorisation names each camera once");
    }
  }

  /** What people who sign or use the authorisation read of it. */
  public String line() {
    return "camera "
        + id
        + ", "
        + kind.word()
        + zone.map(
                each ->
                    String.format(
                        Locale.ROOT,
                        ", within a zone of %d corners: %.1f %% of its view",
                        each.corners().size(),
                        100 * each.area()))
            .orElse("");
  }
}
