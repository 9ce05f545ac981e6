package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.testing.SampleAuthorisation;

class WalkSetupsTest {
  private static final DeviceKeys KEYS = DeviceKeys.generate();
  private static final Authorisation AUTHORISATION =
      SampleAuthorisation.of(DeploymentClass.EXERCISE);

  private static Sha256 digest(DeviceKeys keys, String source) {
    return WalkSetups.digest(
        keys, AUTHORISATION, CameraSettings.of(new CameraId("mast-1"), source));
  }

  @Test
  void aCameraAsItWasSetIsKnownAgain() {
    assertThat(digest(KEYS, "rtsp://10.0.0.7/stream?profile=1"))
        .isEqualTo(digest(KEYS, "rtsp://10.0.0.7/stream?profile=1"));
  }

  @Test
  void anotherQueryIsAnotherSource() {
    assertThat(digest(KEYS, "rtsp://10.0.0.7/stream?profile=1"))
        .isNotEqualTo(digest(KEYS, "rtsp://10.0.0.7/stream?profile=2"));
  }

  @Test
  void withoutTheKeyOfTheDeviceNobodyMakesIt() {
    assertThat(digest(KEYS, "rtsp://10.0.0.7/stream"))
        .isNotEqualTo(digest(DeviceKeys.generate(), "rtsp://10.0.0.7/stream"));
  }
}
