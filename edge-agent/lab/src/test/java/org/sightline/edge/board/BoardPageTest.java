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
import org.sightline.edge.publish.OutcomeMessage;
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

  @AutoClose private static Chromium chromium;
  @AutoClose private static SharedRoom room;
  private static Seat seat;
  private static SendingVan van;
  private static int people;

  /** How far the board's clock is ahead of the van's. */
  private static Duration ahead = Duration.ZERO;

  @BeforeAll
  static void anOfficerIsLoggedIn(@TempDir Path folder) throws Exception {
    chromium = Chromium.launch();
    DrawnFaces faces = DrawnFaces.in(folder.resolve("faces"), 6);
    room = new SharedRoom(chromium, RunningBoard.in(folder), faces);
    van = room.van;
    seat = room.seat(RunningBoard.FIRST);
  }

  /** All tests are of one shift: what one of them leaves open is closed, and the clock goes on. */
  @BeforeEach
  void theVanIsHeard() throws Exception {
    van.announces(0);
    people += 10;
  }

  @AfterEach
  void nothingIsOpen() throws Exception {
    room.clear();
  }

  private static void pass(Duration time) {
    room.board.clock.shift(time);
    ahead = ahead.plus(time);
  }

  /** How long an alert has to last that is there for ten minutes by the board's clock. */
  private static Duration tenMinutes() {
    return ahead.plusMinutes(10);
  }

  /** The alerts of a test are about people of its own. */
  private static Sighting of(int person) {
    return Sighting.of(people + person);
  }

  private static Locator row(int person) {
    return seat.find(".row").filter(new Locator.FilterOptions().setHasText(subject(person)));
  }

  private static Locator closed(int person) {
    return seat.find("#closed li").filter(new Locator.FilterOptions().setHasText(subject(person)));
  }

  private static String subject(int person) {
    return of(person).subject();
  }

  private static void awaitSelected(int person) {
    assertThat(seat.find("#alert-title")).hasText(subject(person));
  }

  /**
   * A page that has just sounded, or has something to say still, is quiet about what comes next.
   */
  private static void nothingWasHeardBefore() {
    seat.page().reload();
    assertThat(seat.find("#link-words")).hasText("Live");
  }

  @Test
  void anAlertAppearsByItself() throws Exception {
    assertThat(seat.find("#empty-title")).hasText("No open alerts");

    van.raises(of(1).by("mast-2", "Station Square").as("missing person", 0.71));

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
    UUID id = van.raises(of(1));
    awaitSelected(1);
    seat.press("t", "Enter");
    assertThat(seat.find("#empty-title")).hasText("Recorded: TRUE");
    await().atMost(SOON).until(() -> isSent(id));

    pass(Duration.ofMinutes(3));
    seat.page().reload();

    assertThat(closed(1)).containsText("Sent, not confirmed by the van for 3 min");
    van.answers(OutcomeReceipt.recorded(id, Outcome.FALSE, Alerts.POSITION.head()));
    assertThat(closed(1)).containsText("The van has recorded FALSE instead: call its crew");
  }

  private static boolean isSent(UUID alert) {
    return van.outcomes().stream()
        .flatMap(sent -> OutcomeMessage.read(sent, room.board.keys.identity()).stream())
        .anyMatch(sent -> sent.alert().equals(alert));
  }

  @Test
  void theOldestWaitsLongestAndWhatIsStaleStandsBelow() throws Exception {
    van.raises(of(1).ago(Duration.ofMinutes(4)));
    awaitSelected(1);
    van.raises(of(2));
    assertThat(seat.find(".row")).hasCount(2);

    assertThat(seat.find(".row").first()).containsText(subject(2));
    assertThat(row(1)).containsText("Waiting longest");
    assertThat(seat.find("#longest-words")).containsText("4 min · van-7");
  }

  @Test
  void anAlertThatNobodyJudgedInTimeIsGoneAndSaysSo() throws Exception {
    Duration lasts = tenMinutes();
    van.raises(of(1), lasts);
    awaitSelected(1);

    pass(lasts.plusMinutes(1));

    assertThat(seat.find("#empty-title")).hasText("This alert has expired");
    assertThat(seat.find("#note-words")).containsText("pictures were deleted on schedule");
    assertThat(seat.find("#closed li").first()).containsText("EXPIRED");
    assertThat(seat.find("img")).hasCount(0);
  }

  @Test
  void noOtherAlertTakesThePlaceOfOneThatHasExpired() throws Exception {
    Duration lasts = tenMinutes();
    van.raises(of(1), lasts);
    awaitSelected(1);
    van.raises(of(2));
    assertThat(seat.find(".row")).hasCount(2);

    pass(lasts.plusMinutes(1));

    assertThat(seat.find("#empty-title")).hasText("This alert has expired");
    assertThat(seat.find("#empty .tick")).isHidden();
    assertThat(seat.find(".row-subject")).hasText(new String[] {subject(2)});
  }

  @Test
  void vansAreOnlineOfflineOrSilentAndTheirAlarmsAreWords() throws Exception {
    room.fleet.van("van-2").announces(3, "destruction-failed").close();
    Locator vans = seat.find("#vans");
    assertThat(vans).containsText("van-7Online");
    assertThat(vans).containsText("van-2Offline for ");
    assertThat(vans).containsText("When last heard: The watchlist could not be destroyed");

    pass(Duration.ofMinutes(2));

    assertThat(vans).containsText("van-7Silent for ");
    assertThat(seat.find("#vans-summary")).hasText("1 silent, 1 offline");
  }

  private static void arePainted(Seat seat, int pictures) {
    seat.page()
        .waitForFunction(
            """
            (count) => {
              const images = [...document.querySelectorAll(":is(.pictures, .row-face) img")];
              return images.length === count && images.every((image) => image.naturalWidth > 0);
            }
            """,
            pictures);
  }

  @Test
  void aDeskThatNobodyUsesIsLockedWhileAlertsGoOnToCount() throws Exception {
    try (Seat unattended = chromium.seat(room.board, new Browser.NewContextOptions())) {
      unattended.page().clock().install();
      unattended.loggedInAs(RunningBoard.SECOND);
      van.raises(of(1));
      assertThat(unattended.find("#alert-title")).hasText(subject(1));
      arePainted(unattended, 3);

      unattended.page().clock().fastForward("15:01");

      assertThat(unattended.find("#login-title")).hasText("Desk locked");
      assertThat(unattended.find("#desk")).isHidden();
      unattended.page().keyboard().press("Escape");
      assertThat(unattended.find("#login-title")).isVisible();
      van.raises(of(2));
      assertThat(unattended.page()).hasTitle(Pattern.compile("2 open"));
      assertThat(unattended.barriers()).isEmpty();

      unattended.page().fill("#login-password", RunningBoard.PASSWORD);
      unattended.page().keyboard().press("Enter");

      assertThat(unattended.find("#login-sheet")).isHidden();
      assertThat(unattended.find("#alert-title")).isVisible();
      assertThat(unattended.find(".row")).hasCount(2);
      unattended.press("j");
      assertThat(unattended.find("#alert-title")).hasText(subject(2));
      arePainted(unattended, 4);
      assertThat(unattended.complaints()).as("asked for while locked").isEmpty();
    }
  }

  @Test
  void aLostConnectionIsUnmistakableAndComesBackByItself() throws Exception {
    van.raises(of(1));
    awaitSelected(1);

    seat.context().setOffline(true);

    assertThat(seat.find("#lost")).containsText("Connection to the board lost.");
    assertThat(seat.find("button[data-outcome=true]")).isDisabled();
    assertThat(seat.page()).hasTitle(Pattern.compile("^NOT CONNECTED"));

    van.raises(of(2));
    seat.context().setOffline(false);

    assertThat(seat.find("#lost")).isHidden();
    assertThat(row(2)).containsText("New");
    assertThat(seat.find("button[data-outcome=true]")).isEnabled();
    assertThat(seat.complaints()).allMatch(complaint -> complaint.contains("ERR_INTERNET"));
    seat.complaints().clear();
  }

  @Test
  void aNewAlertIsHeardUnlessTheSoundIsOff() throws Exception {
    nothingWasHeardBefore();
    seat.page().evaluate(LISTENER);
    seat.page().click("#list-title");
    assertThat(seat.find("#sound-words")).hasText("Sound on");

    van.raises(of(1));
    awaitSelected(1);
    assertThat(seat.page().evaluate("notes")).isEqualTo(2);

    seat.press("m");
    assertThat(seat.find("#sound-words")).hasText("Sound off");
    van.raises(of(2));
    assertThat(row(2)).isVisible();
    assertThat(seat.page().evaluate("notes")).isEqualTo(2);
    seat.press("m");
    assertThat(seat.find("#sound-words")).hasText("Sound on");
  }

  @Test
  void manyAlertsAtOnceAreOneSentenceForAScreenReader() throws Exception {
    nothingWasHeardBefore();
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
      van.raises(of(i));
    }

    seat.page().waitForFunction("() => spoken.length === 2");

    List<?> spoken = seat.list("() => spoken");
    assertThat(spoken.get(0)).asString().startsWith("Possible match: van-7, camera mast-1");
    assertThat(spoken.get(1)).asString().startsWith("7 possible matches. The newest:");
  }
}
