package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page.EmulateMediaOptions;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Media;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.web.login.Role;

/** The auditor's log and the sheet for the next shift, in a real browser. */
class SheetPagesTest {
  @AutoClose private static Chromium chromium;

  private RunningBoard room;
  private Seat seat;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder, chromium.port());
    seat = chromium.seat(room);
  }

  @AfterEach
  void close() throws Exception {
    seat.close();
    room.close();
  }

  private void logIn(String officer) {
    seat.goToLogin().logIn(officer, RunningBoard.PASSWORD);
  }

  private void handOver(String officer) {
    logIn(officer);
    seat.page().navigate(room.board().uri().resolve("/hand-over").toString());
  }

  @Test
  void anAuditorReadsVerifiesAndSeesFigures() throws Exception {
    room.officer().judges(room.alert("S-1"), "false");
    room.officer("auditor-1", Role.AUDITOR);

    logIn("auditor-1");
    assertThat(seat.find("#officer")).hasText("Auditor auditor-1");
    assertThat(seat.find("#records tr").nth(3)).containsText("outcome-recorded");
    assertThat(seat.find("#verified")).hasText("It was never verified here.");
    seat.find("#verify button").click();
    assertThat(seat.find("#verified")).containsText("intact: 7 records");
    seat.find("#figures-load").click();
    assertThat(seat.find("#figures h3").first()).hasText("All live deployments: 1 alert");

    assertThat(seat.page().locator("body").innerText()).doesNotContain("S-1");
    assertThat(seat.barriers()).isEmpty();
    assertThat(seat.complaints()).isEmpty();
  }

  @Test
  void beforeTheLogHasAnsweredNothingCanBeAskedThatWouldBeRefused() throws Exception {
    room.officer("auditor-1", Role.AUDITOR);
    List<Route> held = new ArrayList<>();
    seat.page().route("**/api/log/records/newest", held::add);

    logIn("auditor-1");
    assertThat(seat.find("#verified")).isAttached();
    assertThat(seat.find("#verify button")).isDisabled();
    assertThat(seat.find("form[action='/logout'] button")).isDisabled();

    seat.page().waitForCondition(() -> !held.isEmpty());
    held.get(0).resume();
    assertThat(seat.find("form[action='/logout'] button")).isEnabled();
    seat.find("#verify button").click();
    assertThat(seat.find("#verified")).containsText("intact");
  }

  @Test
  void anotherOfficerTakesTheWrittenSheetOver() throws Exception {
    room.alert("S-1");
    handOver(RunningBoard.FIRST);
    seat.find("#notes").fill("Van 2 has a flat tyre.");
    seat.find("#write button").click();
    assertThat(seat.find("#standing")).containsText("Written by officer 1234");
    assertThat(seat.find("#take")).isHidden();

    seat.context().clearCookies();
    handOver(RunningBoard.SECOND);
    assertThat(seat.find(".notes")).hasText("Van 2 has a flat tyre.");
    seat.find("#take").click();

    assertThat(seat.find("#standing")).containsText("Taken over by officer sergeant-7");
    assertThat(seat.complaints()).isEmpty();
  }

  @Test
  void anAlertThatIsWithdrawnIsCalledThatBeforeAnythingElse() throws Exception {
    UUID open = room.alert("S-1");
    UUID judged = room.alert("S-2");
    room.officer().judges(judged, "true");
    room.withdraws(open);
    room.withdraws(judged);

    handOver(RunningBoard.FIRST);

    assertThat(
            seat.find("#sheet :is(th, td)").filter(startsWith("WITHDRAWN, DO NOT STOP: exercise")))
        .hasCount(1);
    assertThat(
            seat.find("#sheet :is(th, td)").filter(startsWith("WITHDRAWN, DO NOT STOP: " + judged)))
        .hasCount(2);
  }

  private static Locator.FilterOptions startsWith(String words) {
    return new Locator.FilterOptions().setHasText(Pattern.compile("^" + words));
  }

  @Test
  void thePaperHasWhatIsKnownAndSaysWhatIsNot() throws Exception {
    room.alert("S-1");
    handOver(RunningBoard.FIRST);
    assertThat(seat.find("#sheet")).containsText("not known: ask the van");

    seat.page().emulateMedia(new EmulateMediaOptions().setMedia(Media.PRINT));

    assertThat(seat.find("#print")).isHidden();
    assertThat(seat.find("#sheet table").first()).isVisible();
    seat.page().emulateMedia(new EmulateMediaOptions().setMedia(Media.SCREEN));
    assertThat(seat.find("body")).not().containsText("S-1");
    assertThat(seat.barriers()).isEmpty();
  }
}
