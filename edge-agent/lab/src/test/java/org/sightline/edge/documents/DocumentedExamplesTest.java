package org.sightline.edge.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.board.BoardSettings;
import org.sightline.edge.cli.authority.CategoriesFile;
import org.sightline.edge.documents.Document.Block;
import org.sightline.edge.fieldtest.ScenarioSettings;
import org.sightline.edge.fieldtest.SuiteSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Every example of every page is read as what it is; DocumentedCommandsTest has the commands. */
class DocumentedExamplesTest {
  /** Which another test reads, whatever is in them. */
  private static final Set<String> COMMANDS = Set.of("sh", "console");

  private static final Set<String> OF_PAGES_THAT_ARE_RUN = Set.of("csv", "ini", "python");
  private static final Set<String> PAGES_THAT_ARE_RUN =
      Set.of("deployment.md", "two-vans.md", "broker.md", "integration.md");

  @TempDir private Path folder;

  static Stream<Block> all() throws IOException {
    return Document.allBlocks().stream();
  }

  static Stream<Block> yaml() throws IOException {
    return all().filter(block -> block.language().equals("yaml"));
  }

  static Stream<Block> json() throws IOException {
    return all().filter(block -> block.language().equals("json"));
  }

  static Stream<Block> text() throws IOException {
    return all().filter(block -> block.language().equals("text"));
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyBlockSaysWhatItIsAndSoIsLookedAt(Block block) {
    String language = block.language();
    if (OF_PAGES_THAT_ARE_RUN.contains(language)) {
      assertThat(PAGES_THAT_ARE_RUN).contains(block.file().getFileName().toString());
    } else if (!COMMANDS.contains(language)) {
      assertThat(language).isIn("yaml", "json", "text");
    }
  }

  @ParameterizedTest
  @MethodSource("text")
  void noTextHidesACommand(Block block) {
    assertThat(block.content()).doesNotContainPattern("(?m)^\\s*(sudo |scripts/)");
  }

  @ParameterizedTest
  @MethodSource("json")
  void everyJsonIsRead(Block block) {
    assertThatCode(() -> new JsonMapper().readTree(block.content())).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void allSettingsAreReadByTheProgramThatTheyAreFor(Block block) throws Exception {
    Path file = Files.writeString(folder.resolve("settings.yaml"), block.content());
    JsonNode keys = new YAMLMapper().readTree(block.content());

    if (keys.has("scenarios")) {
      assertThat(SuiteSettings.read(file).scenarios()).isNotEmpty();
    } else if (keys.has("expect")) {
      assertThat(ScenarioSettings.read(file).name()).isNotEmpty();
    } else if (keys.has("users")) {
      assertThat(BoardSettings.read(file)).isNotNull();
    } else if (keys.has("categories")) {
      assertThat(CategoriesFile.read(file).policy().rules()).isNotEmpty();
    } else {
      Files.writeString(file, withTheRest(keys));
      assertThat(AgentSettings.read(file)).isNotNull();
    }
  }

  /** A part of the settings of an agent, put into those of the walk through a deployment. */
  private static String withTheRest(JsonNode part) throws IOException {
    Predicate<Block> settings = block -> block.name().equals("agent.yaml");
    Block whole = yaml().filter(settings).findFirst().orElseThrow();
    YAMLMapper mapper = new YAMLMapper();
    ObjectNode all = (ObjectNode) mapper.readTree(whole.content());
    part.properties().forEach(key -> all.set(key.getKey(), key.getValue()));
    return mapper.writeValueAsString(all);
  }
}
