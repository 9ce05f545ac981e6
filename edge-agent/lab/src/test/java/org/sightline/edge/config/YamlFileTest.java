package org.sightline.edge.config;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.fieldtest.ScenarioSettings;
import org.sightline.edge.fieldtest.SuiteSettings;

class YamlFileTest {
  @TempDir private Path folder;

  @Test
  void whoeverHasGotAKeyWrongIsSentToTheDocumentThatListsIt() throws Exception {
    Path missing = Files.writeString(folder.resolve("scenario.yaml"), "fillers: {folder: a}\n");
    assertThatThrownBy(() -> ScenarioSettings.read(missing))
        .hasMessageEndingWith("(see docs/field-tests.md)");
    Path wrong = Files.writeString(folder.resolve("suite.yaml"), "scenarios: {a: 1}\n");
    assertThatThrownBy(() -> SuiteSettings.read(wrong))
        .hasMessageEndingWith("(see docs/field-tests.md)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "truth: a.json\nname: x\ntruth: b.json\n",
        "fillers: {truth: 1,\n  count: 2,\n  truth: 3}\n",
        "cameras:\n  - {id: mast-1}\n  - {id: mast-2, id: mast-3}\n"
      })
  void aRepeatedKeyIsNamedWithItsLine(String yaml) throws Exception {
    Path file = Files.writeString(folder.resolve("scenario.yaml"), yaml);
    assertThatThrownBy(() -> ScenarioSettings.read(file))
        .message()
        .containsPattern("^the key '(truth|id)' is there twice: " + file + " line 3");
  }
}
