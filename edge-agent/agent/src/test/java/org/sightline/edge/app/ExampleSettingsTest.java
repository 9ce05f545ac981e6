package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.config.SettingsException;

class ExampleSettingsTest {
  private static AgentSettings example() throws SettingsException {
    return AgentSettings.read(
        Path.of("../../systemd/agent.yaml"),
        Map.of("CREDENTIALS_DIRECTORY", "/run/credentials/sightline-agent.service"));
  }

  @Test
  void theExampleThatIsInstalledIsReadWithoutComplaint() throws Exception {
    assertThat(example().cameras()).hasSize(2);
  }

  @Test
  void theKeysComeFromTheServiceManager() throws Exception {
    assertThat(example().trust().deviceKey())
        .isEqualTo(
            new KeyFile(Path.of("/run/credentials/sightline-agent.service/device-key"), true));
  }

  @Test
  void whatComesInForADeploymentLiesWhereTheServiceMayRemoveIt() throws Exception {
    AgentSettings settings = example();

    assertThat(
            List.of(
                settings.deployment().authorisation(),
                settings.deployment().watchlist(),
                settings.deployment().revocation()))
        .allMatch(file -> file.startsWith("/var/lib/sightline/inbox"));
  }
}
