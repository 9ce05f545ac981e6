package org.sightline.edge.cli.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.fieldtest.generate.Generator;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestClips;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What becomes of scenarios that cannot be run: one line, and no report. */
class FieldTestRunTest {
  @TempDir private static Path folder;
  private static Path portrait;
  private static Path nobodysClip;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private String picture = portrait.toString();
  private String video = nobodysClip.toString();
  private String pack = "builtin";
  private String more = "";
  private Path models = folder.resolve("models");
  private Path scenario;
  private Path report;

  @BeforeAll
  static void aPortraitAndAClipWithoutAnybody() throws Exception {
    new Generator().portraits(1, 1, 1, folder.resolve("people"));
    portrait = folder.resolve("people/P-00001/01.png");
    nobodysClip = TestClips.of(320, 240, 25).h264(folder.resolve("nobody.mp4"), 25);
  }

  @BeforeEach
  void newFolder() throws Exception {
    Path each = Files.createTempDirectory(folder, "run");
    scenario = each.resolve("scenario.yaml");
    report = each.resolve("report");
  }

  private String scenarioText() {
    return """
    name: street
    modelPack: %s
    watchlist:
      - {subject: S-0001, category: exercise, images: [%s]}
    cameras:
      - {id: mast-1, source: %s, pace: fastest}
    threshold: null
    expect:
      alerts: []
    %s
    """
        .formatted(pack, picture, video, more);
  }

  private int run() throws Exception {
    Files.writeString(scenario, scenarioText());
    return runAsWritten();
  }

  private int runAsWritten(String... more) {
    Mosquitto.assumeInstalled();
    List<String> arguments = new ArrayList<>(List.of("fieldtest", "run", scenario.toString()));
    arguments.addAll(List.of("--report", report.toString(), "--models", models.toString()));
    arguments.addAll(List.of(more));
    return Sightline.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private String scenarioThatExpectsAnAlert() {
    return scenarioText().replace("[]", "[{subject: S-0001, camera: mast-1, from: 0.0, to: 1.0}]");
  }

  private static JsonNode json(Path file) {
    return JsonMapper.shared().readTree(file.toFile());
  }

  private void cannotBeRun(int exit, Object where) {
    assertThat(exit).as(err + "" + out).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains(where.toString());
    assertThat(out.toString()).isEmpty();
    assertThat(report).doesNotExist();
  }

  private static Path text(String name) throws Exception {
    return Files.writeString(folder.resolve(name), "This is a shopping list.\n".repeat(100));
  }

  private static Path empty(String name) throws Exception {
    return Files.write(folder.resolve(name), new byte[0]);
  }

  private static Path half(Path of, String name) throws Exception {
    byte[] whole = Files.readAllBytes(of);
    return Files.write(folder.resolve(name), Arrays.copyOf(whole, whole.length / 2));
  }

  /** Two portraits of the same person side by side, or none of them. */
  private static Path group(int people, String name) throws Exception {
    BufferedImage one = ImageIO.read(portrait.toFile());
    BufferedImage all =
        new BufferedImage(2 * one.getWidth(), one.getHeight(), BufferedImage.TYPE_INT_RGB);
    Graphics2D g = all.createGraphics();
    for (int i = 0; i < people; i++) {
      g.drawImage(one, i * one.getWidth(), 0, null);
    }
    g.dispose();
    Path file = folder.resolve(name);
    ImageIO.write(all, "png", file.toFile());
    return file;
  }

  @ParameterizedTest
  @CsvSource({"0.0, .nan, from", "1.0, .inf, to"})
  void aTimeThatIsNoneIsReportedAsSuch(String time, String none, String key) throws Exception {
    Files.writeString(scenario, scenarioThatExpectsAnAlert().replace(time, none));

    cannotBeRun(runAsWritten(), "expect.alerts[0]." + key);
    assertThat(err.toString()).contains("not a time");
  }

  @Test
  void aScenarioThatComesOutAsExpectedIsReported() throws Exception {
    assertThat(run()).as(err.toString()).isZero();
    JsonNode result = json(report.resolve("report.json"));
    assertThat(result.at("/alerts").asInt()).isZero();
    assertThat(result.at("/framesRead").asInt()).isEqualTo(25);
    assertThat(result.at("/galleryEntries").asInt()).isEqualTo(1);
  }

  @Test
  void aListOfFillersAloneIsRun() throws Exception {
    Files.writeString(
        scenario,
        scenarioText()
            .replaceFirst("(?s)watchlist:.*?cameras:", "cameras:")
            .concat("fillers: {folder: %s, count: 1}%n".formatted(folder.resolve("people"))));
    assertThat(runAsWritten()).as(err.toString()).isZero();
    JsonNode result = json(report.resolve("report.json"));
    assertThat(result.at("/galleryEntries").asInt()).isEqualTo(1);
  }

  @Test
  void aMissedAlertIsAnswerOne() throws Exception {
    Files.writeString(scenario, scenarioThatExpectsAnAlert());
    assertThat(runAsWritten()).isEqualTo(Sightline.EXIT_NO);
    JsonNode result = json(report.resolve("report.json"));
    assertThat(result.at("/missedPasses").asInt()).isEqualTo(1);
  }

  @Test
  void aScenarioOfASuiteThatCannotBeRunKeepsNoOtherFromIt() throws Exception {
    Files.writeString(scenario.resolveSibling("good.yaml"), scenarioText());
    video = folder.resolve("none.mp4").toString();
    Files.writeString(scenario.resolveSibling("bad.yaml"), scenarioText());
    Files.writeString(scenario, "name: both\nscenarios: [bad.yaml, good.yaml]\n");
    assertThat(runAsWritten()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains(video);
    JsonNode result = json(report.resolve("suite.json"));
    assertThat(result.at("/suite").asString()).isEqualTo("both");
    assertThat(result.at("/scenarios/0/notRun").asString()).contains(video);
    assertThat(result.at("/scenarios/1/asExpected").asBoolean()).isTrue();
    assertThat(json(report.resolve("street-2/report.json")).at("/framesRead").asInt())
        .isEqualTo(25);
    assertThat(report).isDirectoryContaining("glob:**/{junit.xml,report.html}");
  }

  @Test
  void whatGotWorseSinceTheBaselineIsReportedInALine() throws Exception {
    Files.writeString(scenario, scenarioThatExpectsAnAlert());
    runAsWritten();
    Path before = scenario.resolveSibling("before.json");
    String found = Files.readString(report.resolve("report.json"));
    Files.writeString(before, found.replace("\"alertSeconds\" : null", "\"alertSeconds\" : 0.5"));
    assertThat(runAsWritten("--baseline", before.toString())).isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString()).contains("WORSE           no alert any more: S-0001 at mast-1");
    assertThat(Files.readString(report.resolve("junit.xml"))).contains("no alert any more");
  }

  @Test
  void aScenarioThatASuiteNoLongerRunsIsWorse() throws Exception {
    Path first = scenario.resolveSibling("first.yaml");
    Files.writeString(first, scenarioText());
    Files.writeString(
        scenario.resolveSibling("second.yaml"), scenarioText().replace("street", "yard"));
    Files.writeString(scenario, "name: both\nscenarios: [first.yaml, second.yaml]\n");
    runAsWritten();
    Path before = Files.move(report, scenario.resolveSibling("before"));
    Files.writeString(scenario, "name: both\nscenarios: [first.yaml]\n");
    assertThat(runAsWritten("--baseline", before.resolve("suite.json").toString()))
        .isEqualTo(Sightline.EXIT_NO);
    assertThat(out.toString()).contains("WORSE           not run: yard, which the baseline has");
    assertThat(Files.readString(report.resolve("report.html"))).contains("not run");
  }

  @Test
  void aBaselineThatIsNoneIsReported() throws Exception {
    Files.writeString(scenario, scenarioText());
    Path none = text("baseline.json");
    assertThat(runAsWritten("--baseline", none.toString())).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains(none.toString());
  }

  @Test
  void aTruthThatIsNoneIsReported() throws Exception {
    Path none = text("truth.json");
    more = "truth: " + none;
    cannotBeRun(run(), none);
  }

  @ParameterizedTest
  @ValueSource(strings = {"rtsp://127.0.0.1:9/street", "/dev/video0"})
  void aCameraIsNotOpened(String camera) throws Exception {
    video = camera;
    cannotBeRun(run(), "opens no camera: " + camera);
  }

  @Test
  void aMissingVideoIsReported() throws Exception {
    video = folder.resolve("none.mp4").toString();
    cannotBeRun(run(), video);
  }

  @Test
  void anEmptyVideoIsReported() throws Exception {
    video = empty("empty.mp4").toString();
    cannotBeRun(run(), video);
  }

  @Test
  void aVideoCutInHalfIsReported() throws Exception {
    video = half(nobodysClip, "half.mp4").toString();
    cannotBeRun(run(), video);
  }

  @Test
  void aVideoCutInHalfWithItsIndexWholeIsReported() throws Exception {
    Path whole = TestClips.of(320, 240, 25).h264IndexFirst(folder.resolve("index-first.mp4"), 25);
    video = half(whole, "half-index-first.mp4").toString();
    cannotBeRun(run(), video);
  }

  @Test
  void aTextThatIsCalledAVideoIsReported() throws Exception {
    video = text("text.mp4").toString();
    cannotBeRun(run(), video);
  }

  @Test
  void aPictureThatIsGivenAsAModelFolderIsReported() throws Exception {
    pack = "retail-0095";
    models = portrait;
    cannotBeRun(run(), portrait);
  }

  @Test
  void aModelFolderWithoutThePackIsReported() throws Exception {
    pack = "retail-0095";
    cannotBeRun(run(), "models install retail-0095 --models " + models);
  }

  @Test
  void aModelFileThatIsNoneIsReported() throws Exception {
    pack = "retail-0095";
    models = Files.createTempDirectory(folder, "models");
    Path file = models.resolve("retail-0095/yunet_s_dynamic.onnx");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "not a model");
    cannotBeRun(run(), file);
  }

  @Test
  void anUnknownModelPackIsReportedWithTheNearest() throws Exception {
    pack = "bultin";
    cannotBeRun(run(), "did you mean builtin?");
  }

  @Test
  void aMissingScenarioIsReported() {
    cannotBeRun(runAsWritten(), scenario);
  }

  @Test
  void anEmptyScenarioIsReported() throws Exception {
    Files.writeString(scenario, "");
    cannotBeRun(runAsWritten(), scenario);
  }

  @Test
  void aVideoGivenAsAScenarioIsReported() throws Exception {
    Files.copy(nobodysClip, scenario);
    cannotBeRun(runAsWritten(), scenario);
  }

  @Test
  void aTruncatedScenarioIsReported() throws Exception {
    String text = scenarioText();
    Files.writeString(scenario, text.substring(0, text.indexOf("images") + 8));
    cannotBeRun(runAsWritten(), scenario);
  }

  @Test
  void anUnknownKeyIsReportedWithTheNearest() throws Exception {
    more = "treshold: 0.5";
    cannotBeRun(run(), "did you mean 'threshold'?");
  }

  @Test
  void aMissingPictureIsReported() throws Exception {
    picture = folder.resolve("none.png").toString();
    cannotBeRun(run(), picture);
  }

  @Test
  void aMissingPictureBesideAGoodOneIsReported() throws Exception {
    Path none = folder.resolve("none.png");
    picture = portrait + ", " + none;
    cannotBeRun(run(), "subject S-0001 cannot be read: " + none);
  }

  @Test
  void anEmptyPictureIsReported() throws Exception {
    picture = empty("empty.png").toString();
    cannotBeRun(run(), picture);
  }

  @Test
  void aPictureCutInHalfIsReported() throws Exception {
    picture = half(portrait, "half.png").toString();
    cannotBeRun(run(), picture);
  }

  @Test
  void aTextThatIsCalledAPictureIsReported() throws Exception {
    picture = text("text.png").toString();
    cannotBeRun(run(), picture);
  }

  @Test
  void aFolderOfFillersThatIsNotThereIsReported() throws Exception {
    more = "fillers: {folder: nowhere, count: 3}";
    cannotBeRun(run(), "nowhere");
  }

  @Test
  void aFolderWithoutFillersIsReported() throws Exception {
    Path bare = Files.createTempDirectory(folder, "bare");
    more = "fillers: {folder: %s, count: 3}".formatted(bare);
    cannotBeRun(run(), bare);
  }

  @Test
  void aLinkToAFolderOfFillersIsFollowed() throws Exception {
    Path link = Files.createSymbolicLink(scenario.resolveSibling("link"), folder.resolve("people"));
    more = "fillers: {folder: %s, count: 1}".formatted(link);
    assertThat(run()).as(err.toString()).isZero();
  }

  @Test
  void aReportThatCannotBeWrittenIsReported() throws Exception {
    report = Files.writeString(scenario.resolveSibling("file"), "in the way");
    assertThat(run()).isEqualTo(Sightline.EXIT_UNUSABLE);
    assertThat(err.toString().strip()).hasLineCount(1).contains(report.toString());
    assertThat(out.toString()).as("nothing was run").isEmpty();
  }

  @Test
  void picturesThatCannotBeEnrolledAreListedWithTheirReasons() throws Exception {
    Path nobody = group(0, "nobody.png");
    Path two = group(2, "two.png");
    picture = String.join(", ", portrait.toString(), nobody.toString(), two.toString());
    assertThat(run()).as(err.toString()).isZero();
    JsonNode refused = json(report.resolve("report.json")).at("/refusedPictures");
    assertThat(refused.size()).isEqualTo(2);
    assertThat(refused.get(0).asString()).contains(nobody.toString()).contains("no face");
    assertThat(refused.get(1).asString()).contains(two.toString()).contains("2 faces");
    assertThat(out.toString()).contains(nobody.toString()).contains(two.toString());
  }
}
