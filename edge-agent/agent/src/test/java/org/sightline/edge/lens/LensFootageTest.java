package org.sightline.edge.lens;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.MeasuredSource;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;

/**
 * What real cameras saw that stood still; docs/cameras.md has the figures. Two more clips there
 * were filmed from the hand, and are another view at their end indeed.
 */
class LensFootageTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "streets/collage.mp4",
        "streets/commuters-shallow.mp4",
        "streets/commuters.mp4",
        "streets/masks.mp4",
        "streets/room.mp4",
        "streets/seated.mp4",
        "streets/station.mp4",
        "streets/times-square.mp4",
        "intel/one-by-one-person-detection.mp4"
      })
  void nothingIsWrongWithACameraThatSeesPeople(String clip) throws Exception {
    Path file = SharedFiles.data().resolve(clip);
    LensWatch watch = new LensWatch();
    CameraSettings settings =
        CameraSettings.of(new CameraId("mast-1"), file.toString()).at(CameraSettings.Pace.FASTEST);

    try (MeasuredSource source = FrameSources.open(settings)) {
      for (Frame frame = source.next(); frame != null; frame = source.next()) {
        try (Frame seen = frame) {
          watch.see(seen);
        }
        assertThat(watch.fault()).isEmpty();
      }
    }
  }
}
