package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.config.PathText;
import org.sightline.edge.config.SettingsException;

class PathTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"~", "~/data", "~van/data", "$HOME/data", "${HOME}/data"})
  void whatOnlyAShellExpandsIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathText.parse(text))
        .withMessageContaining("write out");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data", "./~", "/var/lib/a~1/$x", "../\u00fc/a b.png"})
  void anyOtherPathStandsAsItIs(String text) {
    assertThat(PathText.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: ~/data",
        "data: $HOME/data",
        "deviceKey: ~/device.key",
        "authorities: [~/authority.public]",
        "revocation: ~/revocation.json"
      })
  void settingsMakeNoFolderOfThatName(String line, @TempDir Path folder) throws Exception {
    String key = line.replaceFirst(":.*", "");
    Path example = Path.of("../../systemd/agent.yaml");
    Path file =
        Files.writeString(
            folder.resolve("agent.yaml"),
            Files.readString(example).replaceFirst("(?m)^" + key + ":.*$", "") + "\n" + line);
    assertThatSettingsRefuse(file, key);
  }

  private static void assertThatSettingsRefuse(Path file, String key) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(
            () -> AgentSettings.read(file, Map.of("CREDENTIALS_DIRECTORY", "/run/credentials/x")))
        .withMessageContaining("'" + key + "'")
        .withMessageContaining("write out");
  }
}
