package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ForcedColors;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.testing.Endurance;
import org.sightline.edge.testing.SampleCategories;

/**
 * The page as axe-core judges it by the Web Content Accessibility Guidelines 2.2, level AA, in all
 * its states, in both themes, at twice the size and in a window of 320 px.
 */
class PageAccessibilityTest {
  @AutoClose private static Chromium chromium;
  private static DrawnFaces faces;
  @AutoClose private static SharedRoom room;
  private static SendingVan van;

  /** The one alert of a test that is judged, claimed and disputed. */
  private @Nullable UUID urgent;

  @BeforeAll
  static void aRoomIsFurnished(@TempDir Path folder) throws Exception {
    chromium = Chromium.launch();
    faces = DrawnFaces.in(folder.resolve("faces"), 4);
    Path board = Files.createDirectory(folder.resolve("board"));
    room = new SharedRoom(chromium, RunningBoard.withTwoPersons(board), faces);
    van = furnish(room.fleet);
  }

  @AfterEach
  void theUrgentAlertIsClosed() throws Exception {
    if (urgent != null) {
      room.settle(urgent);
    }
  }

  /** How a seat is furnished. */
  record Window(String name, int width, int height, ColorScheme theme) {
    @Override
    public String toString() {
      return name;
    }

    /** Has a page be shown in it. */
    Seat of(Seat seat) {
      seat.page().setViewportSize(width, height);
      seat.page()
          .emulateMedia(
              new EmulateMediaOptions()
                  .setColorScheme(theme)
                  .setForcedColors(ForcedColors.NONE)
                  .setReducedMotion(ReducedMotion.REDUCE));
      return seat;
    }
  }

  private static final Window DESK = new Window("a desk, light", 1440, 900, ColorScheme.LIGHT);

  /** In an ordinary run the smallest: {@link EveryStateTest} looks through the others, too. */
  static Stream<Window> windows() {
    Window smallest = new Window("320 px, dark", 320, 640, ColorScheme.DARK);
    return Endurance.either(
        Stream.of(smallest),
        Stream.of(
            new Window("a desk, dark", 1440, 900, ColorScheme.DARK),
            new Window("at 200 %, light", 720, 450, ColorScheme.LIGHT),
            smallest));
  }

  @Test
  void noStateOfThePageHasABarrier(@TempDir Path folder) throws Exception {
    try (RunningBoard board = RunningBoard.withTwoPersons(folder);
        Fleet vans = new Fleet(board, faces);
        Seat seat = DESK.of(chromium.seat(board))) {
      seat.goToLogin();
      assertThat(seat.barriers()).as("login").isEmpty();

      seat.loggedInAs(RunningBoard.FIRST);
      assertThat(seat.barriers()).as("empty").isEmpty();

      raiseUrgent(furnish(vans));
      assertThat(seat.find(".row")).hasCount(5);
      assertThat(seat.find(".van-log:visible")).hasCount(1);
      assertThat(seat.find("#vans-summary")).containsText("offline");
      assertThat(seat.barriers()).as("list and alert").isEmpty();
      seat.press("?");
      assertThat(seat.barriers()).as("help").isEmpty();
      seat.press("Escape");
      seat.page().click("#shift");
      assertThat(seat.find("#shift-outcomes tr")).hasCount(3);
      assertThat(seat.barriers()).as("shift").isEmpty();
      seat.press("Escape", "z");
      assertThat(seat.find("#zoom")).isVisible();
      assertThat(seat.barriers()).as("compared").isEmpty();
      seat.press("b");
      assertThat(seat.barriers()).as("compared by blinking").isEmpty();
      seat.press("w");
      assertThat(seat.barriers()).as("compared by wiping").isEmpty();
      seat.press("Escape", "n", "t", "Enter");
      assertThat(seat.find("#judgement-title")).containsText("You said TRUE");
      assertThat(seat.barriers()).as("own proposal").isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("windows")
  void noWindowPutsUpABarrier(Window window) throws Exception {
    try (Seat seat = window.of(chromium.seat(room.board))) {
      seat.goToLogin().logIn(RunningBoard.FIRST, "not the right password");
      assertThat(seat.find("#failed")).isVisible();
      assertThat(seat.barriers()).as("login refused").isEmpty();

      seat.loggedInAs(RunningBoard.FIRST);
      showUrgent(seat);
      assertReflowed(seat, window);
      seat.press("n", "z", "w");
      assertThat(seat.find("#wipe")).isVisible();
      assertThat(seat.barriers()).as("compared by wiping").isEmpty();
      seat.press("z");
      seat.page().click("#shift");
      assertThat(seat.find("#shift-outcomes tr")).hasCount(3);
      assertThat(seat.barriers()).as("shift").isEmpty();
      seat.press("Escape", "c");
      assertThat(seat.find("#hand-over")).isVisible();
      seat.page().click("#hand-over");
      assertThat(seat.find("#hand-over-sheet")).isVisible();
      assertThat(seat.barriers()).as("claimed and handed over").isEmpty();
      seat.press("Escape", "c");
      assertThat(seat.find("#hand-over")).isHidden();
      othersSay("f");
      assertThat(seat.find("#judgement-title")).containsText("has judged");
      seat.press("t");
      assertThat(seat.find("#record")).isFocused();
      assertThat(seat.barriers()).as("another's proposal").isEmpty();
      seat.press("Enter");
      assertThat(seat.find("#dispute")).isVisible();
      assertReflowed(seat, window);

      seat.context().setOffline(true);
      assertThat(seat.find("#lost")).isVisible();
      assertThat(seat.barriers()).as("dispute, connection lost").isEmpty();
    }
  }

  private static SendingVan furnish(Fleet vans) throws Exception {
    vans.van("van-2").announces(2, "destruction-failed").close();
    vans.van("van-4").announces(0).close();
    vans.van("van-4").announces(new LogPosition(Alerts.POSITION.instance(), AuditHead.START));
    SendingVan van = vans.van("van-1").announces(0).showing(faces.probe(3), faces.portrait(3));
    van.raises(Sighting.of(1).ago(Duration.ofMinutes(5)));
    // Minutes apart: which of two is newer must not hang on how long each was on its way.
    van.raises(
        Sighting.of(2).as("missing person", 0.63).withoutPortrait().ago(Duration.ofMinutes(4)));
    vans.strayVan("van-3").announces(0).raises(Sighting.of(3).ago(Duration.ofMinutes(3)));
    van.raises(
        Sighting.of(4).as("exercise", 0.7).ago(Duration.ofMinutes(2)), SampleCategories.AMBER);
    return van;
  }

  private static UUID raiseUrgent(SendingVan by) throws Exception {
    return by.raises(
        Sighting.of(5).by("mast-2", "Station Square").maybeOfAPicture(), SampleCategories.RED);
  }

  /** Has the one alert arrive that a test may judge. */
  private void showUrgent(Seat seat) throws Exception {
    urgent = raiseUrgent(van);
    assertThat(seat.find(".row")).hasCount(5);
    assertThat(seat.find(".van-log:visible")).hasCount(1);
    assertThat(seat.find("#vans-summary")).containsText("offline");
  }

  private void othersSay(String key) {
    try (Seat other = chromium.seat(room.board).loggedInAs(RunningBoard.SECOND)) {
      assertThat(other.find("#alert-title")).hasText("S-0005");
      other.press(key, "Enter");
      assertThat(other.find("#judgement-title")).containsText("You said");
    }
  }

  private static void assertReflowed(Seat seat, Window window) {
    assertThat(seat.page().evaluate("() => document.scrollingElement.scrollWidth"))
        .as("nothing scrolls sideways")
        .isEqualTo(window.width());
  }

  @Test
  void systemColoursAreTaken() throws Exception {
    try (Seat seat = DESK.of(chromium.seat(room.board))) {
      seat.page().emulateMedia(new EmulateMediaOptions().setForcedColors(ForcedColors.ACTIVE));
      seat.loggedInAs(RunningBoard.FIRST);
      showUrgent(seat);

      assertThat(seat.barriers()).isEmpty();
      seat.press("n", "z", "w");
      assertThat(seat.find("#wipe")).isVisible();
      assertThat(seat.barriers()).as("compared").isEmpty();
    }
  }

  @Test
  void nothingMovesForThoseWhoWantNoMotion() throws Exception {
    try (Seat seat = DESK.of(chromium.seat(room.board)).loggedInAs(RunningBoard.FIRST)) {
      showUrgent(seat);
      assertThat(seat.find("#arrivals")).isEnabled();

      assertThat(seat.page().evaluate("() => document.getAnimations().length")).isEqualTo(0);
    }
  }
}
