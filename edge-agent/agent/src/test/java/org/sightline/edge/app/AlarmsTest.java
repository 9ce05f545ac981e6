package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightline.edge.capture.CaptureStatistics;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.lens.LensFault;
import org.sightline.edge.pipeline.CameraPhase;
import org.sightline.edge.pipeline.CameraState;

class AlarmsTest {
  private static CameraState camera(Optional<LensFault> lens) {
    return camera(CameraPhase.OPEN, lens);
  }

  private static CameraState camera(CameraPhase phase, Optional<LensFault> lens) {
    return new CameraState(
        new CameraId("mast-1"), phase, new CaptureStatistics(0, 0, 0, 0, true), lens, null, 0, 0);
  }

  @Test
  void aCameraThatAnErrorClosedIsWithoutFrames() {
    assertThat(Alarms.of(camera(CameraPhase.FAILED, Optional.empty()), List.of()))
        .containsExactly("camera-without-frames");
  }

  @ParameterizedTest
  @EnumSource(names = {"WAITING", "ENDED"})
  void aCameraOfWhichNoFramesAreExpectedHasNoAlarm(CameraPhase phase) {
    assertThat(Alarms.of(camera(phase, Optional.empty()), List.of("camera-without-frames")))
        .isEmpty();
  }

  @Test
  void aCameraThatSeesHasNoAlarm() {
    assertThat(Alarms.of(camera(Optional.empty()), List.of())).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whyACameraDoesNotSeeIsAWordOfTheStatus(LensFault fault) {
    assertThat(Alarms.of(camera(Optional.of(fault)), List.of()))
        .singleElement()
        .asString()
        .matches("camera-[a-z]{4,24}");
  }

  @Test
  void ofACameraWithoutFramesNothingIsSaidOfWhatItSawLast() {
    assertThat(Alarms.of(camera(Optional.of(LensFault.DARK)), List.of("camera-without-frames")))
        .containsExactly("camera-without-frames");
  }
}
