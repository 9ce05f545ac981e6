package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.authorisation.CameraKind;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.SampleAuthorisation;

/** How the golden file of an authorisation that names its cameras was made, and what is in it. */
final class GoldenCameras {
  static final String AUTHORISATION = "authorisation-cameras.v1.json";

  static final List<AuthorisedCamera> CAMERAS =
      List.of(
          new AuthorisedCamera(
              new CameraId("mast-1"),
              CameraKind.LIVE,
              Optional.of(
                  new Zone(
                      List.of(
                          new Zone.Corner(0, 0.3333),
                          new Zone.Corner(0.625, 0.25),
                          new Zone.Corner(1, 1),
                          new Zone.Corner(0.1, 0.9))))),
          new AuthorisedCamera(new CameraId("clip"), CameraKind.RECORDED, Optional.empty()));

  private GoldenCameras() {}

  /** Writes it to a folder. */
  static void make(Path folder, DeviceKeys device, Sha256 list, AuthorityKey authority)
      throws Exception {
    Files.write(
        folder.resolve(AUTHORISATION),
        new SampleAuthorisation()
            .deployment(Golden.DEPLOYMENT)
            .deploymentClass(DeploymentClass.EXERCISE)
            .van(Golden.VAN)
            .device(device.identity().fingerprint())
            .start(Golden.START)
            .end(Golden.END)
            .list(list)
            .alerts(AlertTerms.DEFAULT)
            .cameras(CAMERAS.toArray(AuthorisedCamera[]::new))
            .build()
            .sign(List.of(authority))
            .bytes());
  }
}
