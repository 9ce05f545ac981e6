package org.sightline.edge.fieldtest.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.fieldtest.ScenarioSettings;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Scenes made of pictures of people; the people of these pictures are drawn. */
class PortraitSceneTest {
  private static final Scene SCENE =
      new SampleScene(5).framesPerSecond(4).people(4).crossing(1.5f).light(Light.DUSK, 20).build();

  @TempDir private static Path folder;
  private static Path portraits;
  private static Path first;
  private static InstalledPack builtin;

  @BeforeAll
  static void generate() throws Exception {
    builtin = ModelPacks.at(folder.resolve("models")).installed("builtin");
    portraits = folder.resolve("portraits");
    new Generator().portraits(9, 6, 2, portraits);
    Studio.write(
        new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB),
        portraits.resolve("P-00000/no-face.png"));
    first = folder.resolve("first");
    new Generator().fieldTest(order(2, 1), first);
  }

  private static Generator.Order order(int listed, int fillers) {
    return order(portraits, listed, fillers);
  }

  private static Generator.Order order(Path people, int listed, int fillers) {
    return new Generator.Order(
        SCENE, listed, fillers, "builtin", "fastest", 2, 1, new Portraits(people, builtin, 1));
  }

  private static JsonNode truth() {
    return JsonMapper.builder().build().readTree(first.resolve("truth.json").toFile());
  }

  private static List<String> files(Path of) throws IOException {
    try (Stream<Path> files = Files.walk(of)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> of.relativize(file).toString())
          .toList();
    }
  }

  @Test
  void theSameSeedAndTheSamePortraitsGiveTheSameFiles() throws Exception {
    Path second = folder.resolve("second");
    new Generator().fieldTest(order(2, 1), second);
    assertThat(files(second)).containsExactlyInAnyOrderElementsOf(files(first));
    assertThat(files(first))
        .allSatisfy(
            file -> assertThat(second.resolve(file)).hasSameBinaryContentAs(first.resolve(file)));
  }

  @Test
  void eachCameraHasItsClipAndItsPassesNumberedThrough() {
    Map<String, Integer> passes = new HashMap<>();
    Set<Integer> numbers = new HashSet<>();
    for (JsonNode pass : truth().get("passes")) {
      passes.merge(pass.get("camera").asString(), 1, Integer::sum);
      numbers.add(pass.get("pass").intValue());
    }
    assertThat(passes).containsOnly(Map.entry("mast-1", 2), Map.entry("mast-2", 2));
    assertThat(numbers).hasSize(4);
    assertThat(first.resolve("clip-1.mp4")).exists();
    assertThat(first.resolve("clip-2.mp4")).exists();
  }

  @Test
  void theScenarioExpectsTheListedPassesAtTheirCameras() throws Exception {
    ScenarioSettings scenario = ScenarioSettings.read(first.resolve("scenario.yaml"));
    assertThat(scenario.known().truth()).isEqualTo(first.resolve("truth.json").toAbsolutePath());
    assertThat(scenario.recognition().calibration()).isNull();
    assertThat(scenario.expected()).hasSize(2);
    assertThat(scenario.cameras()).hasSize(2);
    assertThat(scenario.watchlist())
        .isNotEmpty()
        .allSatisfy(listed -> assertThat(listed.images()).hasSize(1).allMatch(Files::exists));
  }

  @Test
  void everyPersonHasOnePartOnly() throws Exception {
    List<String> parts = new ArrayList<>();
    truth().get("passes").forEach(pass -> parts.add(pass.get("person").asString()));
    try (Stream<Path> fillers = Files.list(first.resolve("fillers"))) {
      fillers.forEach(file -> parts.add(file.getFileName().toString().replace(".png", "")));
    }
    assertThat(parts).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void whatPeopleAreCalledStandsInOneFileOnly() throws Exception {
    for (String file : files(first)) {
      assertThat(file).doesNotContain("P-0000");
      boolean named =
          new String(Files.readAllBytes(first.resolve(file)), StandardCharsets.ISO_8859_1)
              .contains("P-0000");
      assertThat(named).as(file).isEqualTo(file.equals("people.csv"));
    }
  }

  @Test
  void whoHasOnePictureOnlyWalksByUnlisted() throws Exception {
    Path flat = Files.createDirectories(folder.resolve("flat"));
    for (int i = 1; i <= 4; i++) {
      Files.copy(
          portraits.resolve("P-0000%d/01.png".formatted(i)),
          flat.resolve("somebody-" + i + ".png"));
    }
    Generator.Order listed =
        new Generator.Order(
            SCENE, 1, 0, "builtin", "fastest", 2, 1, new Portraits(flat, builtin, 1));
    assertThatThrownBy(() -> new Generator().fieldTest(listed, folder.resolve("none-listed")))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("too few people");
  }

  @Test
  void aFolderWithPicturesOfPeopleIsKeptOutOfVersionControl() {
    assertThat(first.resolve(".gitignore")).hasContent("*");
  }

  @Test
  void tooFewPeopleAreOneLineThatSaysSo() throws Exception {
    Path few = folder.resolve("few");
    for (String picture : List.of("P-00000/no-face.png", "P-00001/01.png")) {
      Files.createDirectories(few.resolve(picture).getParent());
      Files.copy(portraits.resolve(picture), few.resolve(picture));
    }
    assertThatThrownBy(() -> new Generator().fieldTest(order(few, 2, 1), folder.resolve("too-few")))
        .isInstanceOf(GenerationException.class)
        .hasMessageContaining("too few people with usable pictures")
        .hasMessageContaining("left out")
        .hasMessageNotContaining("\n");
  }

  @Test
  void theTruthSaysOfEachPassWhatWasMadeSo() {
    for (JsonNode pass : truth().get("passes")) {
      assertThat(pass.get("light").asString()).isEqualTo("dusk");
      assertThat(pass.get("motionBlurPx").floatValue()).isGreaterThan(1);
      assertThat(pass.get("shareHidden").floatValue()).isBetween(0f, 1f);
      assertThat(pass.get("secondsVisible").floatValue())
          .isBetween(
              2f,
              0.3f + pass.get("leaveSeconds").floatValue() - pass.get("enterSeconds").floatValue());
    }
  }
}
