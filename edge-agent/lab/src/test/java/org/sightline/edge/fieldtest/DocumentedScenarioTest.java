package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.MiniFasNet;
import org.sightline.edge.RetailPack;
import org.sightline.edge.fieldtest.generate.Generator;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.GeneratedStreet;

/** The scenario of docs/field-tests.md, copied out of it as a reader would. */
class DocumentedScenarioTest {
  private static final Pattern EXAMPLE =
      Pattern.compile("^```yaml\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir private Path folder;
  private Path scenario;

  @BeforeEach
  void copy() throws Exception {
    Matcher examples = EXAMPLE.matcher(Files.readString(Path.of("../../docs/field-tests.md")));
    assertThat(examples.find()).isTrue();
    scenario = Files.writeString(folder.resolve("corridor.yaml"), examples.group(1));
  }

  @Test
  void theScenarioRunsAsItStands() throws Exception {
    Path models = folder.resolve("models");
    RetailPack.installedIn(models);
    MiniFasNet.installedIn(models);
    drawWhatItNames();

    FieldTestReport report = FieldTest.run(ScenarioSettings.read(scenario), ModelPacks.at(models));

    assertThat(report.search().galleryEntries()).isEqualTo(3);
  }

  private void drawWhatItNames() throws Exception {
    Path drawn = folder.resolve("drawn");
    GeneratedStreet.in(drawn);
    move(drawn.resolve("clip.mp4"), "clips/walk.mp4");
    move(drawn.resolve("truth.json"), "truth.json");
    move(drawn.resolve("enrol/S-0001-a.png"), "enrol/s1-a.png");
    move(drawn.resolve("enrol/S-0001-b.png"), "enrol/s1-b.png");
    new Generator().portraits(11, 2, 1, folder.resolve("fillers"));
    Files.writeString(folder.resolve("labels.csv"), "person,hat\n");
  }

  private void move(Path drawn, String name) throws Exception {
    Path target = folder.resolve(name);
    Files.createDirectories(target.getParent());
    Files.move(drawn, target);
  }
}
