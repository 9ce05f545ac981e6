package org.sightline.edge.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.models.ModelPackException.Reason;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

class ManifestFormatTest {
  @TempDir Path folder;

  @Test
  void aGoodManifestIsRead() throws Exception {
    assertThat(ManifestFormat.read(new SamplePack(folder).write()))
        .isInstanceOfSatisfying(
            ModelPack.class, pack -> assertThat(pack.embedder().dimension()).isEqualTo(8));
  }

  @Test
  void aManifestAgainstPresentationAttacksIsRead() throws Exception {
    assertThat(ManifestFormat.read(Path.of("../../models/minifasnet/pack.json")))
        .isInstanceOfSatisfying(
            AttackPack.class,
            pack ->
                assertThat(pack.networks())
                    .extracting(AttackPack.Network::boxScale)
                    .containsExactly(2.7f, 4.0f));
  }

  @Test
  void aKindThatIsNotKnownIsRefused() {
    assertThat(spoilt(json -> json.put("kind", "gait"))).contains("gait");
  }

  @TestFactory
  Stream<DynamicTest> aSpoiltManifestAgainstAttacksIsRefusedNamingTheKey() {
    return Stream.of(
        spoilingAttackPack(
            "a key of the other kind", "unknown key detector", json -> json.putObject("detector")),
        spoilingAttackPack("no network", "one network", json -> json.putArray("networks")),
        spoilingAttackPack(
            "a threshold of 1", "suspectedBelow", json -> json.put("suspectedBelow", 1)),
        spoilingAttackPack("no threshold", "suspectedBelow", json -> json.remove("suspectedBelow")),
        spoilingAttackPack(
            "a file that is not listed", "among the files", json -> network(json).put("file", "a")),
        spoilingAttackPack(
            "a scale below 1", "boxScale", json -> network(json).put("boxScale", 0.9)),
        spoilingAttackPack(
            "a view without pixels", "sidePx", json -> network(json).put("sidePx", 0)),
        spoilingAttackPack(
            "a class too many", "bonaFideClass", json -> network(json).put("bonaFideClass", 3)),
        spoilingAttackPack("one class", "classes", json -> network(json).put("classes", 1)));
  }

  private DynamicTest spoilingAttackPack(String title, String named, Consumer<ObjectNode> spoil) {
    return DynamicTest.dynamicTest(
        title,
        () -> {
          ObjectNode json =
              (ObjectNode)
                  JsonMapper.shared()
                      .readTree(Path.of("../../models/minifasnet/pack.json").toFile());
          json.put("name", "sample");
          spoil.accept(json);
          assertThat(assertRefused(new SamplePack(folder).write(json.toString()))).contains(named);
        });
  }

  private static ObjectNode network(ObjectNode json) {
    return (ObjectNode) json.withArray("networks").get(0);
  }

  @Test
  void anUnknownKeyIsRefusedWithTheNearestOne() {
    assertThat(spoilt(json -> json.put("licens", "MIT"))).contains("licens, did you mean licence?");
  }

  @Test
  void anUnknownKeyDeepInsideIsNamedWithItsPlace() {
    assertThat(spoilt(json -> at(json, "detector").put("scoreTreshold", 1)))
        .contains("detector.scoreTreshold");
  }

  @TestFactory
  Stream<DynamicTest> aSpoiltManifestIsRefusedNamingTheKey() {
    return Stream.of(
        spoiling("a missing kind", "kind", json -> json.remove("kind")),
        spoiling("a missing key", "version", json -> json.remove("version")),
        spoiling("a null", "title", json -> json.putNull("title")),
        spoiling("a null file list", "files", json -> json.putNull("files")),
        spoiling("a null in a list", "files", json -> json.withArray("files").addNull()),
        spoiling("a text for a number", "version", json -> json.put("version", "1")),
        spoiling("a number for a text", "title", json -> json.put("title", 1)),
        spoiling("a fraction for a whole number", "version", json -> json.put("version", 1.5)),
        spoiling("a text for a flag", "verified", json -> json.put("verified", "true")),
        spoiling("a number for a flag", "verified", json -> json.put("verified", 1)),
        spoiling("a path as the pack's name", "name", json -> json.put("name", "../sample")),
        spoiling(
            "a threshold above 1",
            "detector",
            json -> at(json, "detector").put("scoreThreshold", 1.1)),
        spoiling(
            "four alignment points",
            "embedder",
            json -> ((ArrayNode) at(json, "embedder").get("alignment")).remove(0)),
        spoiling(
            "a detector without its file",
            "detector",
            json -> at(json, "detector").put("file", "no.onnx")),
        spoiling(
            "a rate of 0 in a calibration",
            "calibrations",
            json -> point(calibration(json, "cosine"), 0)),
        spoiling(
            "a normalisation by the list without its scale",
            "calibrations",
            json -> point(calibration(json, "list-normalised"), 0.1)));
  }

  private static ObjectNode calibration(ObjectNode manifest, String scoring) {
    ObjectNode calibration = manifest.withArray("calibrations").addObject();
    calibration
        .put("population", "p")
        .put("scoring", scoring)
        .putNull("list")
        .putNull("pass")
        .put("comparisons", 1)
        .putArray("found");
    return calibration;
  }

  private static void point(ObjectNode calibration, double rate) {
    calibration
        .putArray("points")
        .addObject()
        .put("similarity", 0.1)
        .put("falseMatchRate", rate)
        .put("lower95", 0)
        .put("upper95", rate)
        .put("measured", true);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../a.onnx",
        "/a.onnx",
        "a/b.onnx",
        "a\\b.onnx",
        "",
        ".a",
        "a..b",
        "pack.json",
        "a\n"
      })
  void aFileNameThatIsNoPlainNameIsRefused(String name) {
    assertThat(spoilt(json -> addFile(json).put("name", name))).contains("never a path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "abc", "DAEDE24002CC8590F457998CC5E6C9E8B82F45F6BD969506A8913CD4ED10A2D3"})
  void aDigestThatIsNone64LowerCaseHexDigitsIsRefused(String digest) {
    assertThat(spoilt(json -> addFile(json).put("sha256", digest))).contains("SHA-256");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1L << 40})
  void aSizeOutOfBoundsIsRefused(long sizeBytes) {
    assertThat(spoilt(json -> addFile(json).put("sizeBytes", sizeBytes))).contains("1 GiB");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file:///etc/passwd",
        "ftp://host/a",
        "a.onnx",
        "https:a",
        "https://u:p@host/a",
        "h t"
      })
  void anAddressThatIsNotOfTheWebIsRefused(String url) {
    assertThat(spoilt(json -> addFile(json).put("url", url))).contains("files[0]");
  }

  @Test
  void twoFilesOfOneNameAreRefused() {
    assertThat(
            spoilt(
                json -> {
                  addFile(json);
                  addFile(json);
                }))
        .contains("same name");
  }

  @Test
  void aNameThatIsNotTheFoldersIsRefused() {
    assertThat(spoilt(json -> json.put("name", "other"))).contains("folder");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "{", "[]", "null", "\"a\"", "{} {}", "{\"name\":\"a\",\"name\":\"b\"}"})
  void aTextThatIsNoManifestIsRefused(String text) throws Exception {
    assertRefused(new SamplePack(folder).write(text));
  }

  @Test
  void aManifestCutShortAnywhereIsRefused() throws Exception {
    SamplePack sample = new SamplePack(folder);
    String text = sample.json().toString();
    for (int length = 0; length < text.length(); length += 17) {
      assertRefused(sample.write(text.substring(0, length)));
    }
  }

  @Test
  void aMissingManifestIsRefused() {
    assertRefused(folder.resolve("sample/pack.json"));
  }

  @Test
  void aManifestOfUnreasonableSizeIsRefused() throws Exception {
    assertThat(assertRefused(new SamplePack(folder).write(" ".repeat(1 << 21)))).contains("larger");
  }

  private DynamicTest spoiling(String title, String named, Consumer<ObjectNode> spoil) {
    return DynamicTest.dynamicTest(title, () -> assertThat(spoilt(spoil)).contains(named));
  }

  private String spoilt(Consumer<ObjectNode> spoil) {
    try {
      SamplePack sample = new SamplePack(folder);
      spoil.accept(sample.json());
      return assertRefused(sample.write());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String assertRefused(Path manifest) {
    ModelPackException[] thrown = new ModelPackException[1];
    assertThatExceptionOfType(ModelPackException.class)
        .isThrownBy(() -> ManifestFormat.read(manifest))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.BAD_MANIFEST))
        .satisfies(e -> thrown[0] = e);
    assertThat(thrown[0].getMessage()).hasLineCount(1).contains(manifest.toString());
    return thrown[0].what();
  }

  private static ObjectNode at(ObjectNode json, String key) {
    return (ObjectNode) json.get(key);
  }

  private static ObjectNode addFile(ObjectNode json) {
    try {
      ObjectNode file = SamplePack.fileNode("a.onnx", "a".getBytes(StandardCharsets.UTF_8), null);
      json.withArray("files").add(file);
      return file;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
