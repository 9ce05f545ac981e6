package org.sightline.edge.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Version;
import org.sightline.edge.walk.Setup;

/** What the recognition rates of a deployment's cameras are of. */
final class WalkSetups {
  /** Under it the device signs what its digests are of, and nothing else. */
  private static final String TYPE = "application/vnd.sightline.camera-setting.v1";

  private WalkSetups() {}

  /**
   * That of each camera of the settings.
   *
   * @param keys of the device
   * @param threshold that is in use
   */
  static Map<CameraId, Setup> of(
      DeviceKeys keys,
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
              digest(keys, authorisation, camera)));
    }
    return setups;
  }

  /**
   * Of the whole address, by its query and credentials too, and keyed: without the device's key
   * nobody finds out by guessing what it was made of. A signature of Ed25519 is the same each time.
   */
  static Sha256 digest(DeviceKeys keys, Authorisation authorisation, CameraSettings camera) {
    byte[] setting =
        String.join(
                "\n",
                camera.source(),
                String.valueOf(camera.pixelAspect()),
                String.valueOf(authorisation.site().zone(camera.id())))
            .getBytes(UTF_8);
    return Sha256.of(keys.sign(TYPE, setting).bytes());
  }
}
