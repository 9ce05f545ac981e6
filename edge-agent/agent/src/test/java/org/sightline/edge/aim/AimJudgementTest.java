package org.sightline.edge.aim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sightline.edge.capture.CameraReport;
import org.sightline.edge.doctor.Finding;
import org.sightline.edge.doctor.Verdict;
import org.sightline.edge.domain.BgrPicture;

class AimJudgementTest {
  private static final AimLimits LIMITS = AimLimits.of(24);
  private static final Light DAYLIGHT = new Light(120, 0.02, 150);

  private static AimFigures figures(
      AimFigures.People people, AimFigures.Focus focus, @Nullable Light light) {
    List<Region> regions = new ArrayList<>();
    for (int region = 0; region < Region.COUNT; region++) {
      List<Double> heights =
          region == 2 ? List.of(30.0, 31.0, 40.0) : region == 7 ? List.of(80.0) : List.of();
      regions.add(new Region(Region.name(region), Sizes.of(heights), Sizes.of(List.of())));
    }
    return new AimFigures(
        100, people, Sizes.of(List.of()), Sizes.of(List.of()), regions, focus, light);
  }

  private static CameraReport report(double framesPerSecond, double jitterMillis) {
    return new CameraReport(
        "camera",
        new CameraReport.Stream("h264", 1920, 1080),
        new CameraReport.Pace(25, framesPerSecond),
        new CameraReport.Counts(100, 0, 0, 0),
        new CameraReport.Timing(300, jitterMillis, 1.0),
        4000,
        new CameraReport.Look(120, 100));
  }

  private static List<Finding> judged(int seen, int largeEnough) {
    return AimJudgement.of(
        figures(
            new AimFigures.People(
                seen,
                largeEnough,
                seen == largeEnough
                    ? null
                    : new Shortfall(Shortfall.Kind.SMALL, "upper right", 31)),
            new AimFigures.Focus(0.06, 0.05),
            DAYLIGHT),
        report(25, 5),
        LIMITS);
  }

  private static Finding of(List<Finding> findings, String subject) {
    return findings.stream()
        .filter(each -> each.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aCameraThatAllComeNearEnoughToHasNothingToDo() {
    assertThat(AimReport.toDo(judged(12, 11))).isEmpty();
  }

  @Test
  void whereTooFewComeNearEnoughTheRemedyNamesWhereTheyWereAtTheirLargest() {
    List<Finding> findings = judged(12, 8);

    assertThat(findings.get(0).verdict()).isEqualTo(Verdict.LOOK);
    assertThat(AimReport.toDo(findings))
        .isEqualTo("faces in the upper right of the view come to 31 px: zoom in or move nearer");
  }

  @Test
  void whereFacesAreHighEnoughAndTurnedAwayTheCameraIsToBeMovedAndNotZoomed() {
    Shortfall shortfall = new Shortfall(Shortfall.Kind.TURNED_AWAY, "left", 90);

    List<Finding> findings =
        AimJudgement.of(
            figures(
                new AimFigures.People(3, 0, shortfall), new AimFigures.Focus(0.06, 0.05), DAYLIGHT),
            report(25, 5),
            LIMITS);

    assertThat(AimReport.toDo(findings))
        .isEqualTo(
            "faces in the left of the view are turned away: move the camera so that people come"
                + " towards it");
  }

  @Test
  void whereNobodyComesNearEnoughTheCameraFails() {
    assertThat(judged(3, 0).get(0).verdict()).isEqualTo(Verdict.BAD);
  }

  @Test
  void whereNobodyWalksByItIsNotKnownWhetherTheCameraIsAimed() {
    List<Finding> findings = judged(0, 0);

    assertThat(findings.get(0).verdict()).isEqualTo(Verdict.UNTESTED);
    assertThat(AimReport.toDo(findings)).startsWith("nobody walked by");
  }

  @Test
  void theLeastHeightIsTwiceTheSmallestThatIsSearchedForAndFortyEightAtLeast() {
    assertThat(AimLimits.of(12).faceHeightPx()).isEqualTo(48);
    assertThat(AimLimits.of(40).faceHeightPx()).isEqualTo(80);
  }

  @Test
  void facesThatAreSharpOnlyWhileTheyStandAreBlurredByTheirMotion() {
    List<Finding> findings =
        AimJudgement.of(
            figures(new AimFigures.People(3, 3, null), new AimFigures.Focus(0.06, 0.01), DAYLIGHT),
            report(25, 5),
            LIMITS);

    assertThat(of(findings, "sharpness").verdict()).isEqualTo(Verdict.GOOD);
    assertThat(of(findings, "motion blur").remedy()).contains("shorten the exposure");
  }

  @Test
  void whatNobodyShowedIsNotTested() {
    List<Finding> findings =
        AimJudgement.of(
            figures(new AimFigures.People(3, 3, null), new AimFigures.Focus(null, null), DAYLIGHT),
            report(25, 5),
            LIMITS);

    assertThat(of(findings, "sharpness").verdict()).isEqualTo(Verdict.UNTESTED);
    assertThat(of(findings, "motion blur").verdict()).isEqualTo(Verdict.UNTESTED);
  }

  @Test
  void lightAndPaceAreHeldAgainstTheirLimits() {
    List<Finding> findings =
        AimJudgement.of(
            figures(
                new AimFigures.People(3, 3, null),
                new AimFigures.Focus(0.06, 0.06),
                new Light(20, 0.4, 30)),
            report(6, 90),
            LIMITS);

    assertThat(findings)
        .filteredOn(each -> each.verdict() == Verdict.LOOK)
        .extracting(Finding::subject)
        .containsExactly("brightness", "highlights", "contrast", "frame rate", "jitter");
  }

  @Test
  void lightIsMeasuredAsItIs() {
    BgrPicture picture = BgrPicture.allocate(80, 80);
    for (int i = 0; i < picture.data().capacity(); i++) {
      picture.data().put(i, (byte) (i % 240 < 120 ? 250 : 50));
    }

    Light light = Light.of(picture);

    assertThat(light.brightness()).isBetween(149.0, 151.0);
    assertThat(light.clipped()).isEqualTo(0.5);
    assertThat(light.contrast()).isEqualTo(200);
  }
}
