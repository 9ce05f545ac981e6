package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteSettingsTest {
  @TempDir private Path folder;

  private Path file(String text) throws Exception {
    return Files.writeString(folder.resolve("suite.yaml"), text);
  }

  @Test
  void pathsAreRelativeToTheFile() throws Exception {
    Path file = file("name: all\nscenarios: [a.yaml, b/c.yaml]\nlabels: labels.csv\n");
    assertThat(SuiteSettings.isSuite(file)).isTrue();
    assertThat(SuiteSettings.read(file))
        .isEqualTo(
            new SuiteSettings(
                "all",
                List.of(folder.resolve("a.yaml"), folder.resolve("b/c.yaml")),
                folder.resolve("labels.csv")));
  }

  @Test
  void whatNamesNoScenariosIsNoSuite() throws Exception {
    assertThat(SuiteSettings.isSuite(file("name: corridor\ncameras: []\n"))).isFalse();
    assertThat(SuiteSettings.isSuite(file("this is a shopping list\n"))).isFalse();
    assertThat(SuiteSettings.isSuite(folder.resolve("none.yaml"))).isFalse();
  }

  @Test
  void aSuiteWithoutScenariosIsReported() throws Exception {
    Path file = file("name: all\nscenarios: []\n");
    assertThatThrownBy(() -> SuiteSettings.read(file)).hasMessageContaining("'scenarios'");
  }

  @Test
  void anUnknownKeyIsReportedWithTheNearest() throws Exception {
    Path file = file("name: all\nscenarios: [a.yaml]\nlabel: labels.csv\n");
    assertThatThrownBy(() -> SuiteSettings.read(file)).hasMessageContaining("'labels'");
  }
}
