package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeReceipt;

/** What one officer sees and does. */
class BoardPageTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  /** Counts the notes that are played. */
  private static final String LISTENER =
      """
      () => {
        window.notes = 0;
        window.OscillatorNode = class extends OscillatorNode {
          start(at) { window.notes++; super.start(at); }
        };
      }
      """;

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
  void anAlertAppearsByItself() throws Exception {
    loggedIn();
    assertThat(seat.find("#empty-title")).hasText("No open alerts");

    van.raises(Sighting.of(1).by("mast-2", "Station Square").as("missing person", 0.71));

    awaitSelected(1);
    assertThat(seat.find(".statement")).hasText("Possible match – a person decides");
    assertThat(seat.find("#where")).hasText("van-7 · camera mast-2 · Station Square");
    assertThat(seat.find("#fact-category")).hasText("missing person");
    assertThat(seat.find("#fact-list")).hasText("6,412 people");
    assertThat(seat.find("#fact-expires")).hasText("in 23 h 59 min");
    assertThat(seat.find("#strength")).containsText("about one in 250,000");
    assertThat(seat.find("#similarity-words"))
        .hasText("0.71 is clearly above the threshold of 0.62 (+0.09)");
    assertThat(seat.page()).hasTitle(Pattern.compile("^1 NEW – 1 open – Control room North"));
  }

  @Test
  void anOutcomeThatTheVanDoesNotConfirmIsShownAsSuch() throws Exception {
    loggedIn();
    UUID id = van.raises(Sighting.of(1));
    awaitSelected(1);
    seat.press("t", "Enter");
    assertThat(seat.find("#empty-title")).hasText("Recorded: TRUE");
    await().atMost(SOON).until(() -> !van.outcomes().isEmpty());

    board.clock.shift(Duration.ofMinutes(3));
    seat.page().reload();

    assertThat(seat.find("#closed")).containsText("Sent, not confirmed by the van for 3 min");
    van.answers(OutcomeReceipt.recorded(id, Outcome.FALSE, Alerts.POSITION.head()));
    assertThat(seat.find("#closed"))
        .containsText("The van has recorded FALSE instead: call its crew");
  }

  @Test
  void theOldestWaitsLongestAndWhatIsStaleStandsBelow() throws Exception {
    loggedIn();
    van.raises(Sighting.of(1).ago(Duration.ofMinutes(4)));
    awaitSelected(1);
    van.raises(Sighting.of(2));
    assertThat(seat.find(".row")).hasCount(2);

    assertThat(seat.find(".row").first()).containsText(subject(2));
    assertThat(row(1)).containsText("Waiting longest");
    assertThat(seat.find("#longest-words")).containsText("4 min · van-7");
  }

  @Test
  void anAlertThatNobodyJudgedInTimeIsGoneAndSaysSo() throws Exception {
    loggedIn();
    van.raises(Sighting.of(1), Duration.ofMinutes(10));
    awaitSelected(1);

    board.clock.shift(Duration.ofMinutes(11));

    assertThat(seat.find("#empty-title")).hasText("This alert has expired");
    assertThat(seat.find("#note-words")).containsText("pictures were deleted on schedule");
    assertThat(seat.find("#closed")).containsText("EXPIRED");
    assertThat(seat.find("img")).hasCount(0);
  }

  @Test
  void noOtherAlertTakesThePlaceOfOneThatHasExpired() throws Exception {
    loggedIn();
    van.raises(Sighting.of(1), Duration.ofMinutes(10));
    awaitSelected(1);
    van.raises(Sighting.of(2));
    assertThat(seat.find(".row")).hasCount(2);

    board.clock.shift(Duration.ofMinutes(11));

    assertThat(seat.find("#empty-title")).hasText("This alert has expired");
    assertThat(seat.find("#empty .tick")).isHidden();
    assertThat(seat.find(".row-subject")).hasText(new String[] {subject(2)});
  }

  @Test
  void vansAreOnlineOfflineOrSilentAndTheirAlarmsAreWords() throws Exception {
    fleet.van("van-2").announces(3, "destruction-failed").close();
    loggedIn();
    Locator vans = seat.find("#vans");
    assertThat(vans).containsText("van-7Online");
    assertThat(vans).containsText("van-2Offline for ");
    assertThat(vans).containsText("When last heard: The watchlist could not be destroyed");

    board.clock.shift(Duration.ofMinutes(2));

    assertThat(vans).containsText("van-7Silent for ");
    assertThat(seat.find("#vans-summary")).hasText("1 silent, 1 offline");
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
  void aDeskThatNobodyUsesIsLockedWhileAlertsGoOnToCount() throws Exception {
    try (Seat unattended = chromium.seat(board, new Browser.NewContextOptions())) {
      unattended.page().clock().install();
      unattended.loggedInAs(RunningBoard.SECOND);
      van.raises(Sighting.of(1));
      assertThat(unattended.find("#alert-title")).hasText(subject(1));

      unattended.page().clock().fastForward("15:01");

      assertThat(unattended.find("#login-title")).hasText("Desk locked");
      assertThat(unattended.find("#desk")).isHidden();
      unattended.page().keyboard().press("Escape");
      assertThat(unattended.find("#login-title")).isVisible();
      van.raises(Sighting.of(2));
      assertThat(unattended.page()).hasTitle(Pattern.compile("2 open"));
      assertThat(unattended.barriers()).isEmpty();

      unattended.page().fill("#login-password", RunningBoard.PASSWORD);
      unattended.page().keyboard().press("Enter");

      assertThat(unattended.find("#login-sheet")).isHidden();
      assertThat(unattended.find("#alert-title")).isVisible();
      unattended.press("j");
      assertThat(unattended.find("#alert-title")).hasText(subject(2));
      unattended
          .page()
          .waitForFunction(
              """
              () => {
                const images = [...document.querySelectorAll(":is(.pictures, .row-face) img")];
                return images.length === 4 && images.every((image) => image.naturalWidth > 0);
              }
              """);
      assertThat(unattended.complaints()).as("asked for while locked").isEmpty();
    }
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

  @Test
  void aLostConnectionIsUnmistakableAndComesBackByItself() throws Exception {
    loggedIn();
    van.raises(Sighting.of(1));
    awaitSelected(1);

    seat.context().setOffline(true);

    assertThat(seat.find("#lost")).containsText("Connection to the board lost.");
    assertThat(seat.find("[data-outcome=true]")).isDisabled();
    assertThat(seat.page()).hasTitle(Pattern.compile("^NOT CONNECTED"));

    van.raises(Sighting.of(2));
    seat.context().setOffline(false);

    assertThat(seat.find("#lost")).isHidden();
    assertThat(row(2)).containsText("New");
    assertThat(seat.find("[data-outcome=true]")).isEnabled();
    assertThat(seat.complaints()).allMatch(complaint -> complaint.contains("ERR_INTERNET"));
    seat.complaints().clear();
  }

  @Test
  void aNewAlertIsHeardUnlessTheSoundIsOff() throws Exception {
    loggedIn();
    seat.page().evaluate(LISTENER);
    seat.page().click("#list-title");
    assertThat(seat.find("#sound-words")).hasText("Sound on");

    van.raises(Sighting.of(1));
    awaitSelected(1);
    assertThat(seat.page().evaluate("notes")).isEqualTo(2);

    seat.press("m");
    assertThat(seat.find("#sound-words")).hasText("Sound off");
    van.raises(Sighting.of(2));
    assertThat(row(2)).isVisible();
    assertThat(seat.page().evaluate("notes")).isEqualTo(2);
  }

  @Test
  void manyAlertsAtOnceAreOneSentenceForAScreenReader() throws Exception {
    loggedIn();
    seat.page()
        .evaluate(
            """
            () => {
              window.spoken = [];
              new MutationObserver(() => spoken.push(document.getElementById("spoken").textContent))
                .observe(document.getElementById("spoken"), {childList: true});
            }
            """);
    for (int i = 1; i <= 8; i++) {
      van.raises(Sighting.of(i));
    }

    seat.page().waitForFunction("() => spoken.length === 2");

    List<?> spoken = seat.list("() => spoken");
    assertThat(spoken.get(0)).asString().startsWith("Possible match: van-7, camera mast-1");
    assertThat(spoken.get(1)).asString().startsWith("7 possible matches. The newest:");
  }
}
