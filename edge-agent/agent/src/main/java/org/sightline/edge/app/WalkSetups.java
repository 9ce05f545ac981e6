package org.sightline.edge.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Version;
import org.sightline.edge.walk.Setup;

/** What the recognition rates of a deployment's cameras are of. */
final class WalkSetups {
  private WalkSetups() {}

  /**
   * That of each camera of the settings.
   *
   * @param threshold that is in use
   */
  static Map<CameraId, Setup> of(
      Authorisation authorisation,
      long listVersion,
      String modelPack,
      Similarity threshold,
      List<CameraSettings> cameras) {
    Map<CameraId, Setup> setups = new HashMap<>();
    for (CameraSettings camera : cameras) {
      setups.put(
          camera.id(),
          new Setup(
              authorisation.list().digest(),
              listVersion,
              modelPack,
              Version.current(),
              threshold,
              digest(authorisation, camera)));
    }
    return setups;
  }

  /** By the address as it may be shown: of one with a password a digest would help to guess it. */
  private static Sha256 digest(Authorisation authorisation, CameraSettings camera) {
    return Sha256.of(
        String.join(
                "\n",
                camera.describe(),
                String.valueOf(camera.pixelAspect()),
                String.valueOf(authorisation.site().zone(camera.id())))
            .getBytes(UTF_8));
  }
}
