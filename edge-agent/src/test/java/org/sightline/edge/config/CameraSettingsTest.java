package org.sightline.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.CameraId;

class CameraSettingsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp://viewer:secret@camera.example:554/stream?token=secret",
        "rtsp://viewer:se@cret@camera.example:554/stream",
        "rtsp://viewer:sec/secret@camera.example:554/stream",
        "rtsp://viewer:sec?ret@camera.example:554/stream"
      })
  void aDescriptionHoldsNoPartOfTheCredentials(String source) {
    CameraSettings settings = CameraSettings.of(new CameraId("mast-1"), source);
    assertThat(settings.describe()).isEqualTo("rtsp://camera.example:554/stream");
    assertThat(settings.toString()).doesNotContain("ret").doesNotContain("viewer");
  }
}
