package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.fieldtest.ScenarioSettings.ExpectedAlert;
import org.sightline.edge.fieldtest.ScenarioSettings.Known;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.ClipStills;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.Mosquitto;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The whole agent on drawn people with the engine that is built in: nothing else is needed. Two
 * cameras see the same street.
 */
class GeneratedStreetTest {
  private static final List<String> CAMERAS = List.of("mast-1", "mast-2");

  @TempDir private static Path folder;
  private static GeneratedStreet street;
  private static FieldTestReport report;

  @BeforeAll
  static void run() throws Exception {
    Mosquitto.assumeInstalled();
    street = GeneratedStreet.in(folder.resolve("street"));
    ScenarioSettings one = ScenarioSettings.read(street.scenario());
    report =
        FieldTest.run(
            new ScenarioSettings(
                one.name(),
                one.recognition(),
                one.inferenceDevice(),
                one.watchlist(),
                one.fillers(),
                atBoth(id -> ClipStills.fastest(id, street.clip())),
                one.expected().stream().flatMap(GeneratedStreetTest::atBoth).toList(),
                new Known(truthOfBoth(), null)),
            ModelPacks.at(folder.resolve("models")));
  }

  /** Of all who walked by, as if none had raised an alert. */
  private static @Nullable Set<TruePass> undetected(Path truth) throws Exception {
    ScenarioSettings scenario = ScenarioSettings.read(street.scenario());
    return UndetectedPasses.among(
        TruePass.read(truth, scenario.cameras().stream().map(CameraSettings::id).toList()),
        truth,
        scenario.cameras(),
        ModelPacks.at(folder.resolve("models")).installed("builtin"),
        DetectionSettings.frames(GeneratedStreet.SMALLEST_FACE_PX, Compute.cpu(1)));
  }

  private static Path truth() {
    return street.clip().resolveSibling("truth.json");
  }

  private static <T> List<T> atBoth(Function<String, T> of) {
    return CAMERAS.stream().map(of).toList();
  }

  private static Stream<ExpectedAlert> atBoth(ExpectedAlert at) {
    return CAMERAS.stream()
        .map(
            id ->
                new ExpectedAlert(
                    at.subject(), new CameraId(id), at.fromSeconds(), at.toSeconds()));
  }

  /** The truth of the clip, once for each camera. */
  private static Path truthOfBoth() throws Exception {
    ArrayNode passes = JsonMapper.shared().createArrayNode();
    for (JsonNode pass : JsonMapper.shared().readTree(truth()).required("passes")) {
      CAMERAS.forEach(id -> passes.add(((ObjectNode) pass.deepCopy()).put("camera", id)));
    }
    return Files.writeString(
        folder.resolve("truth.json"),
        JsonMapper.shared().createObjectNode().set("passes", passes).toString());
  }

  @Test
  void everyListedPersonRaisesOneAlertAtEachCamera() {
    assertThat(report.lists().raised())
        .extracting(alert -> alert.subject() + " at " + alert.camera())
        .containsExactlyInAnyOrder(
            "S-0001 at mast-1", "S-0001 at mast-2", "S-0002 at mast-1", "S-0002 at mast-2");
  }

  @Test
  void allCameAsTheTruthSays() {
    assertThat(report.asExpected()).isTrue();
    assertThat(report.recall().passesExpected()).isEqualTo(4);
    assertThat(report.score().shares().tpir()).isEqualTo(1.0);
    assertThat(report.score().shares().fpirPerTrack()).isZero();
    assertThat(report.traffic().tracks()).isGreaterThan(4);
  }

  @Test
  void aFaceThatTheDetectorFindsIsNotUndetectedWhateverBecameOfIt() throws Exception {
    assertThat(undetected(truth())).isEmpty();
  }

  @Test
  void ofAPassOfWhichNoFrameWasSearchedNothingIsSaid() throws Exception {
    ObjectNode later = (ObjectNode) JsonMapper.shared().readTree(truth());
    for (JsonNode frame : later.required("frames")) {
      ((ObjectNode) frame).put("seconds", frame.required("seconds").asDouble() + 1000);
    }
    Path file = Files.writeString(folder.resolve("later.json"), later.toString());

    assertThat(undetected(file)).isNull();
  }

  @Test
  void aPassIsUndetectedIfNoFaceIsFoundWhereItsFaceIs() throws Exception {
    ObjectNode elsewhere = (ObjectNode) JsonMapper.shared().readTree(truth());
    for (JsonNode frame : elsewhere.required("frames")) {
      for (JsonNode face : frame.required("faces")) {
        if (face.required("pass").asInt() == 1) {
          // Above the picture.
          ((ObjectNode) face).put("y", -1000);
        }
      }
    }
    Path file = folder.resolve("elsewhere.json");
    Files.writeString(file, elsewhere.toString());
    assertThat(undetected(file)).extracting(TruePass::number).containsExactly(1);
  }

  @Test
  void withoutFramesInTheTruthNobodyKnowsWhoWasUndetected() throws Exception {
    ObjectNode without = (ObjectNode) JsonMapper.shared().readTree(truth());
    without.remove("frames");
    Path file = folder.resolve("without.json");
    Files.writeString(file, without.toString());
    assertThat(undetected(file)).isNull();
  }

  @Test
  void theFiguresAreReportedForEachCamera() {
    assertThat(report.rates().groups().byCamera())
        .extracting(
            Group::value,
            group -> group.listed().passes(),
            group -> group.listed().alerted(),
            group -> group.others().nonListedPasses())
        .containsExactly(tuple("mast-1", 2, 2, 1), tuple("mast-2", 2, 2, 1));
  }

  @Test
  void theTruthSaysHowLargeTheFacesWere() {
    assertThat(report.lists().passes())
        .isNotEmpty()
        .allSatisfy(pass -> assertThat(pass.passer().largestFaceHeightPx()).isGreaterThan(40));
    assertThat(
            report.rates().groups().byFaceHeightPx().stream()
                .mapToInt(group -> group.listed().passes())
                .sum())
        .isEqualTo(4);
  }

  @Test
  void everyFrameIsLookedAt() {
    assertThat(report.traffic().frames().framesRead()).isEqualTo(120);
    assertThat(report.traffic().frames().framesProcessed()).isEqualTo(120);
  }

  @Test
  void theWayToTheReceiverIsTimedFromStageToStage() {
    assertThat(report.speed().latency().captureToDecisionMillis()).isNotNull();
    assertThat(report.speed().latency().captureToStoreMillis()).isNotNull();
    assertThat(report.speed().latency().captureToPublishMillis()).isNotNull();
    assertThat(report.speed().latency().captureToReceiverMillis()).isNotNull();
  }
}
