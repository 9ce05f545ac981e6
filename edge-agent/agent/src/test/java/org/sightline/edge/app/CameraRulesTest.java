package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.testing.SampleCameras;

/** A van whose settings have a live camera mast-1 and a recording clip. */
class CameraRulesTest {
  private static final AuthorisedCamera MAST = SampleCameras.live("mast-1");
  private static final AuthorisedCamera CLIP = SampleCameras.recorded("clip");
  private static final String ADDRESS = "rtsp://viewer@10.0.0.21/stream1";

  @TempDir private Path folder;
  private AgentSettings settings;

  @BeforeEach
  void readSettings() throws Exception {
    settings =
        AgentSettings.read(
            Files.writeString(
                folder.resolve("agent.yaml"),
                """
                van: van-7
                data: data
                deviceKey: device.key
                authorities: [a.public]
                authorisation: authorisation.json
                watchlist: watchlist.bundle
                broker: {uri: "mqtt://127.0.0.1:1883"}
                cameras:
                  - {id: mast-1, source: "%s"}
                  - {id: clip, source: clip.mp4}
                """
                    .formatted(ADDRESS)));
  }

  private static Authorisation naming(AuthorisedCamera... cameras) {
    return new SampleAuthorisation().cameras(cameras).build();
  }

  private SightlineException refusal(AuthorisedCamera... cameras) {
    SightlineException refused =
        catchThrowableOfType(
            SightlineException.class, () -> CameraRules.require(settings, naming(cameras)));
    assertThat(refused.kind()).isEqualTo(ErrorKind.REFUSED);
    assertThat(refused.getMessage()).hasLineCount(1);
    return refused;
  }

  @Test
  void theCamerasThatAreNamedAreReadAndNamedOnesMayBeLeftOut() {
    assertThatCode(() -> CameraRules.require(settings, naming(MAST, CLIP)))
        .doesNotThrowAnyException();
    assertThatCode(
            () -> CameraRules.require(settings, naming(MAST, CLIP, SampleCameras.live("mast-2"))))
        .doesNotThrowAnyException();
  }

  @Test
  void whereNoneAreNamedAnyIsRead() {
    assertThatCode(() -> CameraRules.require(settings, new SampleAuthorisation().build()))
        .doesNotThrowAnyException();
  }

  @Test
  void aCameraThatIsNotNamedIsRefused() {
    assertThat(refusal(MAST))
        .hasMessageContainingAll("does not name this camera", "camera clip", "named are mast-1");
  }

  @Test
  void aCameraWithAZoneThatTheSettingsDoNotHaveIsRefused() {
    AuthorisedCamera other =
        SampleCameras.within(SampleCameras.LEFT_HALF, SampleCameras.live("mast-2"));
    assertThat(refusal(MAST, CLIP, other))
        .hasMessageContainingAll(
            "a zone for a camera that the settings do not have",
            "camera mast-2",
            "which have mast-1, clip");
  }

  @Test
  void aRecordingInPlaceOfACameraIsRefused() {
    assertThat(refusal(MAST, SampleCameras.live("clip")))
        .hasMessageContainingAll("as live, and its source is a recording", "camera clip");
  }

  @Test
  void aCameraInPlaceOfARecordingIsRefused() {
    assertThat(refusal(SampleCameras.recorded("mast-1"), CLIP))
        .hasMessageContainingAll("as a recording, and its source is live", "camera mast-1");
  }

  @Test
  void aSourceBelongsToTheCameraThatTheSettingsReadFromIt() throws Exception {
    assertThat(CameraRules.ofSource(settings, naming(MAST, CLIP), ADDRESS)).hasValue(MAST);
    assertThat(CameraRules.ofSource(settings, new SampleAuthorisation().build(), "/dev/video0"))
        .isEmpty();
  }

  @Test
  void aSourceThatNoNamedCameraHasIsRefusedWithoutItsPassword() {
    assertThat(
            catchThrowableOfType(
                SightlineException.class,
                () ->
                    CameraRules.ofSource(
                        settings, naming(MAST, CLIP), "rtsp://viewer:secret@10.0.0.99/stream1")))
        .hasMessageContainingAll("none of them has this source", "10.0.0.99")
        .hasMessageNotContaining("secret");
  }

  @Test
  void theSourceOfACameraThatIsNotNamedIsRefused() {
    assertThat(
            catchThrowableOfType(
                SightlineException.class,
                () -> CameraRules.ofSource(settings, naming(CLIP), ADDRESS)))
        .hasMessageContainingAll("does not name this camera", "camera mast-1");
  }
}
