package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.PointPx;

/** The views of the pass of an alert, of which the officer looks at one at a time. */
class ViewsPageTest {
  /** Where two points of a picture are in its frame. */
  private static final String EYES =
      """
      ([image, eyes]) => {
        const matrix = new DOMMatrix(getComputedStyle(document.querySelector(image)).transform);
        return eyes.map(([x, y]) => matrix.transformPoint({x, y})).flatMap(({x, y}) => [x, y]);
      }
      """;

  private static final List<String> FETCHED = new CopyOnWriteArrayList<>();

  private static DrawnFaces faces;
  @AutoClose private static Chromium chromium;
  @AutoClose private static RunningBoard board;
  @AutoClose private static Fleet fleet;
  private static Seat seat;

  @BeforeAll
  static void anAlertOfThreeViewsIsOnTheDesk(@TempDir Path folder) throws Exception {
    chromium = Chromium.launch();
    faces = DrawnFaces.in(folder.resolve("faces"), 3);
    board = RunningBoard.in(folder);
    fleet = new Fleet(board, faces);
    seat =
        chromium
            .seat(board, new NewContextOptions().setViewportSize(1440, 900))
            .loggedInAs(RunningBoard.FIRST);
    seat.page().onRequest(request -> FETCHED.add(request.url()));
    fleet
        .van("van-7")
        .announces(0)
        .showing(faces.portrait(2), faces.probe(2))
        .raises(Sighting.of(1));
    assertThat(seat.find("#alert-title")).hasText("S-0001");
    assertThat(seat.find("[aria-busy=true]")).hasCount(0);
  }

  @AfterAll
  static void leave() {
    seat.close();
  }

  @AfterEach
  void theBestViewIsOnTheDeskAgain() {
    seat.press("Escape");
    assertThat(seat.find("#zoom")).isHidden();
    seat.press("Escape", "1");
    assertThat(seat.complaints()).isEmpty();
  }

  private static Locator button(String strip, int view) {
    return seat.find(strip + " button:nth-of-type(" + view + ")");
  }

  private static void assertChosen(String strip, int view) {
    assertThat(seat.find(strip + " [aria-pressed=true]")).hasText(String.valueOf(view));
  }

  private static void assertSameEyes(String prefix, FacePicture seen) {
    seat.page()
        .waitForFunction(
            "(image) => document.querySelector(image)?.naturalWidth > 0", prefix + "probe img");
    List<Double> street = eyes(prefix + "probe", seen);
    List<Double> listed = eyes(prefix + "portrait", faces.portrait(1));
    for (int i = 0; i < 4; i++) {
      assertThat(street.get(i)).isCloseTo(listed.get(i), within(0.5));
    }
  }

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

  @Test
  void aViewTakesThePlaceOfTheBestByItsKeyTurnedAndScaledToTheSameEyes() {
    seat.press("2");

    assertChosen("#view-strip", 2);
    assertThat(seat.find("#probe img"))
        .hasAttribute("alt", "Face seen by camera mast-1 of van-7, view 2 of the pass");
    assertSameEyes("#", faces.portrait(2));
    assertThat(seat.find("#view-strip [role=status]")).hasText("View 2 of 3");
  }

  @Test
  void aViewIsChosenByThePointerAndDescribedInWords() {
    String before = seat.find("#views-words").textContent();

    button("#view-strip", 2).click();

    assertChosen("#view-strip", 2);
    assertThat(seat.find("#views-words"))
        .containsText(
            "The street picture has %.0f px between the eyes"
                .formatted(distance(faces.portrait(2).view())));
    assertThat(seat.find("#views-words")).not().hasText(before);
  }

  private static double distance(FaceView view) {
    return view.rightEye().distanceTo(view.leftEye());
  }

  @Test
  void comparedAViewIsLookedAtInTheWayThatTheOneBeforeItWas() {
    seat.press("z", "+", "w", "3");

    assertChosen("#zoom-strip", 3);
    assertThat(seat.find("#zoom-figure")).hasText("1.3×");
    assertThat(seat.find("#zoom-stage")).hasAttribute("data-mode", "wipe");
    assertSameEyes("#zoom-", faces.probe(2));
    button("#zoom-strip", 2).click();
    assertSameEyes("#zoom-", faces.portrait(2));
    seat.press("z");
    assertChosen("#view-strip", 2);
    assertSameEyes("#", faces.portrait(2));
  }

  @Test
  void nothingButTheBestViewHasToBeLookedAt() throws Exception {
    fleet.van("van-8").announces(0).showing(faces.probe(3)).raises(Sighting.of(2));
    assertThat(seat.find(".row")).hasCount(2);
    seat.press("n");
    assertThat(seat.find("#alert-title")).hasText("S-0002");
    seat.press("t", "Enter");

    assertThat(seat.find("#empty-title")).containsText("TRUE");
    String other = "/api/alerts/" + recorded() + "/view-";
    assertThat(FETCHED).noneMatch(address -> address.contains(other));
    seat.press("n");
    seat.find(".row").click();
    assertThat(seat.find("#alert-title")).hasText("S-0001");
  }

  private static String recorded() {
    return FETCHED.stream()
        .filter(address -> address.endsWith("/outcome"))
        .findFirst()
        .orElseThrow()
        .replaceFirst(".*/alerts/([^/]*)/outcome", "$1");
  }

  @Test
  void anAlertOfOneViewHasNothingToChoose() throws Exception {
    fleet.van("van-9").announces(0).raises(Sighting.of(2));
    assertThat(seat.find(".row")).hasCount(2);
    seat.press("n");
    assertThat(seat.find("#alert-title")).hasText("S-0002");
    assertThat(seat.find("#view-strip")).isHidden();
    seat.press("2");

    assertThat(seat.find("#probe img")).hasAttribute("alt", "Face seen by camera mast-1 of van-9");
    seat.press("f", "Enter");
    assertThat(seat.find(".row")).hasCount(1);
    seat.find(".row").click();
    assertThat(seat.find("#alert-title")).hasText("S-0001");
  }
}
