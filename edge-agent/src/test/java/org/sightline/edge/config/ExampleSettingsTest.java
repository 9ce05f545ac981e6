package org.sightline.edge.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ExampleSettingsTest {
  @Test
  void theExampleThatIsInstalledIsReadWithoutComplaint() throws Exception {
    AgentSettings settings = AgentSettings.read(Path.of("../systemd/agent.yaml"));

    assertThat(settings.cameras()).hasSize(2);
  }
}
