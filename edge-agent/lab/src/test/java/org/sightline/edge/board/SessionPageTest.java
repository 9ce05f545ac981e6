package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;

/**
 * What an officer sees of their session: it ends, is over, or is another's. A board for each test.
 */
class SessionPageTest {
  private static DrawnFaces faces;
  @AutoClose private static Chromium chromium;

  @TempDir private Path folder;
  private RunningBoard board;
  private Fleet fleet;
  private Seat seat;
  private SendingVan van;

  @BeforeAll
  static void launch(@TempDir Path shared) throws Exception {
    chromium = Chromium.launch();
    faces = DrawnFaces.in(shared.resolve("faces"), 6);
  }

  @BeforeEach
  void open() throws Exception {
    board = RunningBoard.in(folder, chromium.port());
    fleet = new Fleet(board, faces);
    van = fleet.van("van-7").announces(0);
    seat = chromium.seat(board);
  }

  @AfterEach
  void close() throws Exception {
    seat.close();
    fleet.close();
    board.close();
    assertThat(seat.complaints()).isEmpty();
  }

  private Seat loggedIn() {
    return seat.loggedInAs(RunningBoard.FIRST);
  }

  private Locator row(int person) {
    return seat.find(".row").filter(new Locator.FilterOptions().setHasText(subject(person)));
  }

  private static String subject(int person) {
    return Sighting.of(person).subject();
  }

  private void awaitSelected(int person) {
    assertThat(seat.find("#alert-title")).hasText(subject(person));
  }

  @Test
  void anOfficerWhoIsRemovedSeesNothingMore() throws Exception {
    loggedIn();

    board.officers().remove(RunningBoard.FIRST);

    assertThat(seat.find("#login-title")).hasText("Your session has ended");
    assertThat(seat.find("#desk")).isHidden();
    // The browser itself logs the refusal that the page sees.
    assertThat(seat.complaints()).allMatch(complaint -> complaint.contains("401"));
    seat.complaints().clear();
  }

  @Test
  void aSessionThatEndsAsksForThePasswordAndWhatWasChosenIsStillThere() throws Exception {
    loggedIn();
    van.raises(Sighting.of(1));
    awaitSelected(1);
    seat.press("f");
    assertThat(seat.find("#record-words")).hasText("Record FALSE");

    board.clock.shift(Duration.ofHours(12));
    assertThat(seat.find("#login-title")).hasText("Your session has ended");
    assertThat(seat.find("#desk")).isHidden();
    assertThat(seat.barriers()).isEmpty();
    seat.page().fill("#login-password", "not the right password");
    seat.page().keyboard().press("Enter");
    assertThat(seat.find("#login-trouble")).hasText("The password is not right.");
    seat.page().fill("#login-password", RunningBoard.PASSWORD);
    seat.page().keyboard().press("Enter");

    assertThat(seat.find("#login-sheet")).isHidden();
    assertThat(seat.find("#link-words")).hasText("Live");
    assertThat(seat.find("#record-words")).hasText("Record FALSE");
    seat.page().click("#record");
    assertThat(seat.find("#empty-title")).hasText("Recorded: FALSE");
    seat.complaints().clear();
  }

  @Test
  void theEndOfASessionIsAnnounced() {
    loggedIn();
    assertThat(seat.find("#ending")).isHidden();

    board.clock.shift(Duration.ofMinutes(11 * 60 + 50));
    seat.page().reload();

    assertThat(seat.find("#ending-words")).containsText("Your session ends in 9 min.");
    seat.page().click("#renew");
    seat.page().fill("#login-password", RunningBoard.PASSWORD);
    seat.page().keyboard().press("Enter");
    assertThat(seat.find("#ending")).isHidden();
    assertThat(seat.find("#login-sheet")).isHidden();
  }

  @Test
  void whatNobodyHasLookedAtIsStillNewAfterTheNextLogin() throws Exception {
    loggedIn();
    van.raises(Sighting.of(1));
    awaitSelected(1);
    van.raises(Sighting.of(2));
    assertThat(row(2)).containsText("New");

    seat.loggedInAs(RunningBoard.SECOND);

    assertThat(seat.page()).hasTitle(Pattern.compile("^2 NEW – 2 open"));
    seat.press("n", "j");
    assertThat(seat.page()).hasTitle(Pattern.compile("^2 open"));
    seat.page().reload();
    assertThat(seat.find("#link-words")).hasText("Live");
    assertThat(seat.page()).hasTitle(Pattern.compile("^2 open"));
  }
}
