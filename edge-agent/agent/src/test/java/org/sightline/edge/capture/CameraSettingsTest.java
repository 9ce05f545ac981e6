package org.sightline.edge.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.CameraId;

class CameraSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://viewer:secret@camera.example:554/stream?token=secret",
        "rtsp://viewer:se@cret@camera.example:554/stream",
        "rtsp://viewer:sec/secret@camera.example:554/stream",
        "rtsp://viewer:sec?ret@camera.example:554/stream",
        "rtsp://viewer:sec#ret@camera.example:554/stream",
        "rtsp://viewer:se@c/ret@camera.example:554/stream",
        "rtsp://camera.example:554/stream?user=viewer&password=secret",
        "rtsp://camera.example:554/stream?user=viewer&password=se@cret",
        "rtsp://camera.example:554/stream?user=viewer&password=se/c@ret",
        "rtsp://camera.example:554/stream/user=viewer&password=secret&channel=1&stream=0.sdp",
        "rtsp://camera.example:554/stream/user=viewer_password=se@cret_channel=1_stream=0.sdp",
        "rtsp://camera.example:554/stream/viewer:secret/main",
        "rtsp://camera.example:554/stream/user/viewer/password/secret",
        "rtsp://camera.example:554/stream/?loginuse=viewer&loginpas=secret",
        "rtsp://viewer:secret@camera.example:554/stream?auth=dmlld2VyOnNlY3JldA==secret"
      })
  void aDescriptionHoldsTheHostAndNoPartOfTheCredentials(String source) {
    CameraSettings settings = CameraSettings.of(new CameraId("mast-1"), source);
    assertThat(settings.describe().replaceFirst("/$", ""))
        .isEqualTo("rtsp://camera.example:554/stream");
    assertThat(settings.toString()).doesNotContain("ret").doesNotContain("viewer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp:/viewer:secret@camera/live",
        " rtsp://viewer:secret@camera.example/live",
        "viewer:secret@10.0.0.5:554/live",
        "/etc/sightline/viewer:secret@10.0.0.5:554/live",
        "/etc/sightline/10.0.0.5/user=viewer&password=secret",
        "http://viewer:secret@camera.example/live",
        "rtsp://viewer:12/secret@camera/live",
        "rtsp://viewer:secret@cam era/live"
      })
  void whatIsNoProperAddressIsNotDescribedWithItsCredentials(String source) {
    CameraSettings settings = CameraSettings.of(new CameraId("mast-1"), source);
    assertThat(settings.toString()).doesNotContain("ret").doesNotContain("viewer");
  }

  @ParameterizedTest
  @CsvSource({
    "rtsp://10.0.0.21/cam/realmonitor?channel=1&subtype=0, rtsp://10.0.0.21/cam/realmonitor",
    "rtsp://adm:x@10.0.0.21/Streaming/Channels/101, rtsp://10.0.0.21/Streaming/Channels/101",
    "rtsps://adm:x@[2001:db8::5]:322/, 'rtsps://[2001:db8::5]:322/'",
    "rtsp://127.0.0.1:9/user=admin&password=Geheim42&channel=1, rtsp://127.0.0.1:9",
    "rtsp://127.0.0.1:9/live?user=admin&password=Ge@heim42, rtsp://127.0.0.1:9/live",
    "/clips/what?now.mp4, /clips/what?now.mp4",
    "/clips/10:30 at the gate #2 @home.mp4, /clips/10:30 at the gate #2 @home.mp4",
    "/dev/video0, /dev/video0"
  })
  void aDescriptionNamesTheSource(String source, String shown) {
    assertThat(CameraSettings.of(new CameraId("mast-1"), source).describe()).isEqualTo(shown);
  }
}
