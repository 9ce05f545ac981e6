package org.sightline.edge.fieldtest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.MiniFasNet;
import org.sightline.edge.RetailPack;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.app.AgentSettings.Recognition;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.fieldtest.ScenarioSettings.ExpectedAlert;
import org.sightline.edge.fieldtest.ScenarioSettings.Fillers;
import org.sightline.edge.fieldtest.ScenarioSettings.Known;
import org.sightline.edge.fieldtest.ScenarioSettings.Listed;
import org.sightline.edge.inference.InferenceDevice;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.ClipStills;
import org.sightline.edge.testing.Endurance;
import org.sightline.edge.testing.TestClips;

/**
 * Real people on recorded clips, before a list of forty and more: a woman and a man enrolled from
 * clips of their own, and other people. Some clips show the two; the others show streets, stations,
 * halls and groups in which nobody is listed. Each clip is one camera, so that the list is enrolled
 * once.
 */
class RecordedClipsTest {
  private static final SubjectRef SHE = new SubjectRef("S-0001");
  private static final SubjectRef HE = new SubjectRef("S-0002");
  private static final double LONGEST_SECONDS = 200;

  /** People from behind for 4 s, or for 139 s. */
  private static final String BACKS = Endurance.either("gif", "mp4");

  private static final int BACKS_FRAMES = Endurance.times(39, 1394);

  /**
   * How many times their speed the streets go by. All of each clip is read in both runs, to its
   * end; in the ordinary one fewer of its frames are searched.
   */
  private static final int HURRY = Endurance.times(6, 1);

  /** Most of the time goes to listing them. */
  private static final int OTHERS = Endurance.times(40, 1000);

  /** Strangers alone, 8 to 30 s each. */
  private static final List<String> STREETS =
      List.of(
          "collage",
          "commuters",
          "commuters-shallow",
          "four-friends",
          "hall-masks",
          "masks",
          "room",
          "seated",
          "station",
          "times-square");

  @TempDir private static Path folder;
  private static FieldTestReport report;

  @BeforeAll
  static void run() throws Exception {
    RetailPack.installedIn(folder.resolve("models"));
    MiniFasNet.installedIn(folder.resolve("models"));
    ScenarioSettings scenario =
        new ScenarioSettings(
            "recorded clips",
            new Recognition("retail-0095", "minifasnet", null, null, null),
            InferenceDevice.CPU,
            List.of(listed(SHE, "female"), listed(HE, "male")),
            new Fillers(SharedFiles.data().resolve("lfw"), OTHERS),
            cameras(),
            List.of(expected(SHE, "walking"), expected(SHE, "both"), expected(HE, "both")),
            Known.NOTHING);
    report = FieldTest.run(scenario, ModelPacks.at(folder.resolve("models")));
  }

  private static List<CameraSettings> cameras() throws Exception {
    List<CameraSettings> cameras =
        new ArrayList<>(
            List.of(
                camera("walking", "face-demographics-walking-and-pause.gif"),
                camera("both", "head-pose-face-detection-female-and-male.gif"),
                camera("people", "people-detection.gif"),
                camera("backs", "one-by-one-person-detection." + BACKS)));
    Path streets = SharedFiles.data().resolve("streets");
    for (String street : STREETS) {
      Path clip = streets.resolve(street + ".mp4");
      Path seen =
          HURRY == 1 ? clip : TestClips.hurried(clip, folder.resolve(street + ".mp4"), HURRY);
      cameras.add(ClipStills.fastest(street, seen));
    }
    return cameras;
  }

  private static Path clip(String name) {
    return SharedFiles.data().resolve("intel").resolve(name);
  }

  private static Listed listed(SubjectRef subject, String clip) throws Exception {
    return new Listed(
        subject,
        "exercise",
        ClipStills.every(
            4, clip("head-pose-face-detection-" + clip + ".gif"), folder.resolve(clip)));
  }

  private static CameraSettings camera(String id, String clip) {
    return ClipStills.fastest(id, clip(clip));
  }

  private static ExpectedAlert expected(SubjectRef subject, String camera) {
    return new ExpectedAlert(subject, new CameraId(camera), 0, LONGEST_SECONDS);
  }

  private static List<SubjectRef> raisedAt(String camera) {
    return report.lists().raised().stream()
        .filter(alert -> alert.camera().equals(new CameraId(camera)))
        .map(RaisedAlert::subject)
        .toList();
  }

  @Test
  void theListIsAsLongAsAsked() {
    assertThat(report.search().galleryEntries()).isEqualTo(2 + OTHERS);
  }

  @Test
  void theWomanWalkingUpRaisesOneAlertAndHerCompanionsNone() {
    assertThat(raisedAt("walking")).containsExactly(SHE);
  }

  @Test
  void theWomanAndTheManRaiseOneAlertEach() {
    assertThat(raisedAt("both")).containsExactlyInAnyOrder(SHE, HE);
  }

  @Test
  void noneOfThemIsTakenForAPicture() {
    assertThat(report.lists().raised())
        .isNotEmpty()
        .allSatisfy(alert -> assertThat(alert.presentationCheck().suspected()).isFalse());
  }

  @Test
  void peopleTooFarAwayRaiseNone() {
    assertThat(raisedAt("people")).isEmpty();
  }

  @Test
  void peopleSeenFromBehindRaiseNone() {
    assertThat(raisedAt("backs")).isEmpty();
  }

  @Test
  void nobodyInTheStreetsIsTakenForSomebodyListed() {
    STREETS.forEach(clip -> assertThat(raisedAt(clip)).as(clip).isEmpty());
  }

  @Test
  void everyClipIsSearchedToItsEnd() {
    assertThat(report.traffic().frames().framesRead())
        .isEqualTo(4_464L + BACKS_FRAMES)
        .isEqualTo(
            report.traffic().frames().framesProcessed()
                + report.traffic().frames().framesPassedOver());
    assertThat(report.traffic().frames().framesProcessed())
        .isBetween(
            (long) Endurance.times(450, 1_600) + BACKS_FRAMES,
            (long) Endurance.times(700, 2_600) + BACKS_FRAMES);
  }

  @Test
  void thePeopleInTheStreetsAreFollowedAndSomeOfThemEmbedded() {
    assertThat(report.traffic().tracks())
        .isBetween((long) Endurance.times(220, 330), (long) Endurance.times(340, 480));
    assertThat(report.traffic().embeddings())
        .isBetween((long) Endurance.times(240, 450), (long) Endurance.times(390, 800));
  }

  @Test
  void theReportSaysThatAllCameAsExpected() {
    assertThat(report.asExpected()).isTrue();
    assertThat(report.score().shares().tpir()).isEqualTo(1.0);
    assertThat(report.traffic().frames().framesDropped()).isZero();
  }
}
