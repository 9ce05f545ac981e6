package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.BoundingBox;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.PointPx;

/** The two faces of an alert, laid upon each other. */
class ComparisonTest {
  /** Where two points of a picture are in its frame. */
  private static final String EYES =
      """
      ([image, eyes]) => {
        const matrix = new DOMMatrix(getComputedStyle(document.querySelector(image)).transform);
        return eyes.map(([x, y]) => matrix.transformPoint({x, y})).flatMap(({x, y}) => [x, y]);
      }
      """;

  private static DrawnFaces faces;
  @AutoClose private static Chromium chromium;
  @AutoClose private static SharedRoom room;
  private static Seat seat;

  @BeforeAll
  static void anAlertIsOnTheDesk(@TempDir Path folder) throws Exception {
    chromium = Chromium.launch();
    faces = DrawnFaces.in(folder.resolve("faces"), 2);
    room = new SharedRoom(chromium, RunningBoard.in(folder), faces);
    seat = room.seat(RunningBoard.FIRST);
    room.shown(Sighting.of(1));
  }

  @BeforeEach
  void bothPicturesAreThere() {
    seat.page()
        .emulateMedia(new EmulateMediaOptions().setReducedMotion(ReducedMotion.NO_PREFERENCE));
    assertThat(seat.find("[aria-busy=true]")).hasCount(0);
  }

  @AfterEach
  void nothingIsComparedOrChosen() {
    // A touch of this test may become a click a little later, and is none of the next one's.
    seat.page()
        .evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    seat.press("Escape");
    assertThat(seat.find("#zoom")).isHidden();
    assertThat(seat.find(".pictures img")).hasCount(2);
    seat.press("Escape");
    assertThat(seat.find("#confirmation")).isHidden();
    assertThat(seat.complaints()).isEmpty();
  }

  /** The eyes of a picture where it is shown: x and y of the right one, then of the left one. */
  private static List<Double> eyes(String frame, FacePicture picture) {
    FaceView view = picture.view();
    return ((List<?>)
            seat.page()
                .evaluate(
                    EYES,
                    List.of(
                        frame + " img", List.of(point(view.rightEye()), point(view.leftEye())))))
        .stream().map(number -> ((Number) number).doubleValue()).toList();
  }

  private static List<Double> point(PointPx point) {
    return List.of((double) point.x(), (double) point.y());
  }

  private static void assertSameEyes(String prefix) {
    List<Double> seen = eyes(prefix + "probe", faces.probe(1));
    List<Double> listed = eyes(prefix + "portrait", faces.portrait(1));
    for (int i = 0; i < 4; i++) {
      assertThat(seen.get(i)).isCloseTo(listed.get(i), within(0.5));
    }
    assertThat(seen.get(1)).as("upright").isCloseTo(seen.get(3), within(0.5));
  }

  private static double distance() {
    List<Double> eyes = eyes("#zoom-probe", faces.probe(1));
    return eyes.get(2) - eyes.get(0);
  }

  @Test
  void theEyesOfBothLieAtTheSamePlacesOnTheDesk() {
    assertSameEyes("#");
  }

  @Test
  void bothAreEnlargedAndShiftedTogetherByKeys() {
    seat.press("z");
    assertSameEyes("#zoom-");
    double before = distance();
    double left = eyes("#zoom-probe", faces.probe(1)).get(0);

    seat.press("+", "+");
    assertSameEyes("#zoom-");
    assertThat(distance()).isCloseTo(before * 1.25 * 1.25, within(1.0));
    assertThat(seat.find("#zoom-figure")).hasText("1.6×");
    seat.press("ArrowRight");
    assertSameEyes("#zoom-");
    assertThat(eyes("#zoom-probe", faces.probe(1)).get(0)).isLessThan(left);

    seat.press("0");
    assertThat(distance()).isCloseTo(before, within(0.5));
  }

  @Test
  void bothAreEnlargedAndShiftedTogetherByTheMouse() {
    seat.press("z");
    double before = distance();
    BoundingBox box = seat.find("#zoom-portrait").boundingBox();
    seat.page().mouse().move(box.x + box.width / 2, box.y + box.height / 2);

    seat.page().mouse().wheel(0, -300);
    seat.page().waitForFunction("() => document.getElementById('zoom-figure').textContent > '2'");
    assertSameEyes("#zoom-");
    assertThat(distance()).isGreaterThan(2 * before);
    double left = eyes("#zoom-probe", faces.probe(1)).get(0);
    seat.page().mouse().down();
    seat.page().mouse().move(box.x + box.width / 2 + 60, box.y + box.height / 2);
    seat.page().mouse().up();

    assertSameEyes("#zoom-");
    assertThat(eyes("#zoom-probe", faces.probe(1)).get(0)).isCloseTo(left + 60, within(1.0));
  }

  @Test
  void bothAreEnlargedByTwoFingersThatPartAndShiftedByOne() {
    seat.press("z");
    double before = distance();
    BoundingBox box = seat.find("#zoom-probe").boundingBox();
    double x = box.x + box.width / 2;
    double y = box.y + box.height / 2;
    try (Fingers fingers = Fingers.on(seat.page())) {
      fingers.touch(x - 20, y, x + 20, y);
      fingers.move(x - 50, y, x + 50, y);
      fingers.lift();
      assertThat(seat.find("#zoom-figure")).hasText("2.5×");
      assertSameEyes("#zoom-");
      assertThat(distance()).isCloseTo(before * 2.5, within(1.0));

      double left = eyes("#zoom-probe", faces.probe(1)).get(0);
      fingers.touch(x, y);
      fingers.move(x + 60, y);
      fingers.lift();
      assertThat(eyes("#zoom-probe", faces.probe(1)).get(0)).isCloseTo(left + 60, within(1.0));
      assertSameEyes("#zoom-");
    }
  }

  @Test
  void blinkingShowsTheOneAndTheOtherInTheSamePlace() {
    seat.press("z", "b");

    assertThat(seat.find("#zoom-portrait")).isVisible();
    assertThat(seat.find("#zoom-probe")).isHidden();
    assertThat(seat.find("#zoom-probe")).isVisible();
    assertThat(seat.find("#zoom-portrait")).isHidden();
    assertSameEyes("#zoom-");
  }

  @Test
  void whoWantsNoMotionSeesTheOtherOneAtAKeyAlone() {
    seat.page().emulateMedia(new EmulateMediaOptions().setReducedMotion(ReducedMotion.REDUCE));
    seat.press("z", "b");
    String shown = seat.find("#zoom-stage").getAttribute("data-shown");
    seat.page().waitForTimeout(1500);
    assertThat(seat.find("#zoom-stage")).hasAttribute("data-shown", shown);

    seat.press("b");

    assertThat(seat.find("#zoom-stage"))
        .hasAttribute("data-shown", shown.equals("probe") ? "portrait" : "probe");
  }

  @Test
  void wipingShowsAsMuchOfEachAsTheSliderSays() {
    seat.press("z");
    assertThat(seat.find("#zoom")).isVisible();
    seat.press("w");
    assertThat(seat.find("#wipe-at")).isFocused();
    assertThat(seat.find("#zoom-portrait")).hasCSS("clip-path", "inset(0px 0px 0px 50%)");

    seat.press("End");

    assertThat(seat.find("#zoom-portrait")).hasCSS("clip-path", "inset(0px 0px 0px 100%)");
    assertThat(seat.find("#zoom-probe")).hasCSS("clip-path", "inset(0px 0% 0px 0px)");
    assertSameEyes("#zoom-");
  }

  @Test
  void aLetterInTheComparisonClosesItAndChooses() {
    seat.press("z", "b", "t");

    assertThat(seat.find("#zoom")).isHidden();
    assertThat(seat.find("#record")).isFocused();
    assertThat(seat.find(".pictures img")).hasCount(2);
  }

  @Test
  void theDifferenceInSizeIsReportedInWords() {
    String words =
        "The street picture has %.0f px between the eyes, the list picture %.0f px"
            .formatted(distance(faces.probe(1).view()), distance(faces.portrait(1).view()));

    assertThat(seat.find("#views-words")).containsText(words);
    assertThat(seat.find("#views-words"))
        .containsText("The street picture is shown enlarged, which adds no detail.");
  }

  private static double distance(FaceView view) {
    return view.rightEye().distanceTo(view.leftEye());
  }
}
