package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.pipeline.Engine;

class OpeningEngineTest {
  @Test
  void theNetworksAreThoseThatWereOpened() throws Exception {
    Engine engine = builtIn();
    try (OpeningEngine opening = new OpeningEngine(() -> engine)) {
      assertThat(opening.await()).isSameAs(engine);
    }
  }

  @Test
  void aFailureIsReportedToTheWaitingThread() {
    InferenceException refused = refusal();
    try (OpeningEngine opening =
        new OpeningEngine(
            () -> {
              throw refused;
            })) {
      assertThatThrownBy(opening::await).isSameAs(refused);
    }
  }

  @Test
  void whatCouldNotBeOpenedIsClosedWithoutAWord() {
    OpeningEngine opening =
        new OpeningEngine(
            () -> {
              throw refusal();
            });
    assertThatCode(opening::close).doesNotThrowAnyException();
  }

  private static InferenceException refusal() {
    return new InferenceException("a network is missing", "network.onnx", "install it", null);
  }

  private static Engine builtIn() throws Exception {
    InstalledPack pack = ModelPacks.at(Path.of("none")).installed("builtin");
    return Engine.open(pack, DetectionSettings.frames(null, Compute.cpu(1)));
  }
}
