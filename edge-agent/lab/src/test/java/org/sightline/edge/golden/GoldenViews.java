package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.testing.SampleAlert;

/** How the golden files of alerts with several views were made, and what is in them. */
final class GoldenViews {
  static final String ALERT = "alert-with-views-signed.v1.json";
  static final String SEALED_ALERT = "alert-with-views-sealed.v1.json";

  private GoldenViews() {}

  static SampleAlert sample() {
    return GoldenMaker.sample()
        .moreViews(
            new FacePicture(GoldenMaker.picture("view 2"), Golden.PORTRAIT_VIEW),
            new FacePicture(GoldenMaker.picture("view 3"), null));
  }

  /** Writes all to a folder. */
  static void make(Path folder, DeviceKeys device, ControlRoomIdentity room) throws Exception {
    Alert alert = sample().build();
    Files.write(
        folder.resolve(ALERT),
        device.signMessage(
            AlertEvent.SIGNED_TYPE,
            GoldenMaker.event(alert, AlertTerms.DEFAULT, DeploymentClass.EXERCISE)));
    Files.write(
        folder.resolve(SEALED_ALERT),
        GoldenMaker.event(alert, AlertTerms.DEFAULT.sealedFor(room), DeploymentClass.LIVE));
  }
}
