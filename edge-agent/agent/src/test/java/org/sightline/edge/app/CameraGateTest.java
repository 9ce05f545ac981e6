package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.testing.Exercise;

/** An open deployment, over which things happen while a camera is open. */
class CameraGateTest {
  private static final Actor OFFICER = Actor.officer("4711");

  @TempDir private Path folder;
  private AgentSettings settings;

  @BeforeEach
  void openTheDeployment() throws Exception {
    settings =
        AgentSettings.read(
            Exercise.ofNobody(folder)
                .opened(
                    URI.create("mqtt://127.0.0.1:1"),
                    "cameras: [{id: mast-1, source: \"rtsp://127.0.0.1:1/none\"}]"));
  }

  private CameraGate gate() throws SightlineException {
    return CameraGate.open(settings, Clock.systemUTC());
  }

  private void pause() throws SightlineException {
    try (Device device = Device.open(settings, Clock.systemUTC())) {
      device.deployments().pauses().pause(PauseReason.of("moving"), OFFICER);
    }
  }

  @Test
  void whileNothingChangesItStaysOpen() throws Exception {
    try (CameraGate gate = gate()) {
      assertThatCode(gate::requireStill).doesNotThrowAnyException();
    }
  }

  @Test
  void aDeploymentThatIsClosedClosesIt() throws Exception {
    try (CameraGate gate = gate()) {
      try (Device device = Device.open(settings, Clock.systemUTC())) {
        device.deployments().close(OFFICER);
      }

      assertThatThrownBy(gate::requireStill).isInstanceOf(SightlineException.class);
    }
  }

  @Test
  void aPauseThatBeginsClosesIt() throws Exception {
    try (CameraGate gate = gate()) {
      pause();

      assertThatThrownBy(gate::requireStill)
          .isInstanceOf(SightlineException.class)
          .hasMessageContaining("the deployment was paused");
    }
  }

  @Test
  void duringAPauseThatWasThereBeforeACameraMayBeAimed() throws Exception {
    pause();

    try (CameraGate gate = gate()) {
      assertThatCode(gate::requireStill).doesNotThrowAnyException();
    }
  }
}
