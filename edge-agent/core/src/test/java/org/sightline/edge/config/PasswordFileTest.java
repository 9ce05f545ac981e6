package org.sightline.edge.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordFileTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "s\u00fc\u00df ",
        "s\u00fc\u00df \nmore",
        "s\u00fc\u00df \r\n",
        "\uFEFFs\u00fc\u00df \r\n"
      })
  void thePasswordIsTheFirstLineAsItStands(String text) throws Exception {
    Path file = Files.writeString(folder.resolve("password"), text);
    assertThat(PasswordFile.read(file)).isEqualTo("s\u00fc\u00df ");
  }

  @Test
  void aFileThatIsNotUtf8IsReportedAsThat() throws Exception {
    Path file =
        Files.writeString(folder.resolve("password"), "s\u00fc\u00df", StandardCharsets.ISO_8859_1);
    refused(file, "the password file is not UTF-8: " + file);
  }

  @Test
  void aFileThatIsNotThereIsReportedAsThat() {
    Path file = folder.resolve("none");
    refused(file, "the password file cannot be read: " + file);
  }

  private static void refused(Path file, String message) {
    assertThatExceptionOfType(SettingsException.class)
        .isThrownBy(() -> PasswordFile.read(file))
        .withMessageStartingWith(message);
  }
}
