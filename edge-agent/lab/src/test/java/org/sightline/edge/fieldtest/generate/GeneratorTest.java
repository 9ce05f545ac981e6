package org.sightline.edge.fieldtest.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.fieldtest.ScenarioSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class GeneratorTest {
  private static final Scene SCENE = new SampleScene(5).size(480, 270).build();
  private static final Generator.Order ORDER =
      new Generator.Order(SCENE, 2, 3, "builtin", "fastest");

  @TempDir private static Path folder;
  private static Path first;

  @BeforeAll
  static void generate() throws Exception {
    first = folder.resolve("first");
    new Generator().fieldTest(ORDER, first);
  }

  private static JsonNode truth(Path of) {
    return JsonMapper.builder().build().readTree(of.resolve("truth.json").toFile());
  }

  @Test
  void theSameOrderGivesTheSameTruthAndTheSameClip() throws Exception {
    Path second = folder.resolve("second");
    new Generator().fieldTest(ORDER, second);
    assertThat(second.resolve("truth.json")).hasSameBinaryContentAs(first.resolve("truth.json"));
    assertThat(second.resolve("clip.mp4")).hasSameBinaryContentAs(first.resolve("clip.mp4"));
  }

  @Test
  void theScenarioIsOneThatFieldTestsRead() throws Exception {
    ScenarioSettings scenario = ScenarioSettings.read(first.resolve("scenario.yaml"));
    assertThat(scenario.recognition().calibration()).isEqualTo("generated");
    assertThat(scenario.expected()).hasSize(2);
  }

  @Test
  void everyPictureThatTheScenarioNamesIsThere() throws Exception {
    ScenarioSettings scenario = ScenarioSettings.read(first.resolve("scenario.yaml"));
    assertThat(scenario.watchlist())
        .hasSize(2)
        .allSatisfy(listed -> assertThat(listed.images()).hasSize(2).allMatch(Files::exists));
    try (Stream<Path> fillers = Files.list(first.resolve("fillers"))) {
      assertThat(fillers).hasSize(3);
    }
  }

  @Test
  void theTruthHasEveryFrameAndEveryPass() {
    JsonNode truth = truth(first);
    assertThat(truth.get("frames").size()).isEqualTo(60);
    assertThat(truth.get("passes").size()).isEqualTo(3);
  }

  @Test
  void aFolderWithSomethingInItIsRefused() {
    assertThatThrownBy(() -> new Generator().fieldTest(ORDER, first))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("not empty");
  }

  @Test
  void moreListedPeopleThanWalkByAreRefusedBeforeAnythingIsWritten() {
    Path none = folder.resolve("none");
    Generator.Order order = new Generator.Order(SCENE, 4, 0, "builtin", "fastest");
    assertThatThrownBy(() -> new Generator().fieldTest(order, none))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("only 3 people");
    assertThat(none).doesNotExist();
  }

  @Test
  void portraitsLieInAFolderPerPerson() throws Exception {
    Path people = folder.resolve("people");
    new Generator().portraits(1, 2, 3, people);
    try (Stream<Path> files = Files.walk(people).filter(Files::isRegularFile)) {
      assertThat(files).hasSize(6);
    }
  }
}
