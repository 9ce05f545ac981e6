package org.sightline.edge.testing;

import java.util.List;
import java.util.Optional;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.authorisation.CameraKind;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Zone;

/** Cameras as an authorisation names them. */
public final class SampleCameras {
  /** All that lies in the left half of a view. */
  public static final Zone LEFT_HALF = box(0, 0, 0.5, 1);

  private SampleCameras() {}

  /** An upright zone. */
  public static Zone box(double left, double top, double right, double bottom) {
    return new Zone(
        List.of(
            new Zone.Corner(left, top),
            new Zone.Corner(right, top),
            new Zone.Corner(right, bottom),
            new Zone.Corner(left, bottom)));
  }

  public static AuthorisedCamera live(String id) {
    return new AuthorisedCamera(new CameraId(id), CameraKind.LIVE, Optional.empty());
  }

  public static AuthorisedCamera recorded(String id) {
    return new AuthorisedCamera(new CameraId(id), CameraKind.RECORDED, Optional.empty());
  }

  /** The same camera, of whose view only a zone is watched. */
  public static AuthorisedCamera within(Zone zone, AuthorisedCamera camera) {
    return new AuthorisedCamera(camera.id(), camera.kind(), Optional.of(zone));
  }
}
