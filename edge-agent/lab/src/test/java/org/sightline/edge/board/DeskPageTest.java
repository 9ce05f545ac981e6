package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.Cookie;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeReceipt;

/**
 * What one officer sees and does at a desk to which one alert comes after the other. All tests are
 * of one shift: each is about people of its own, goes to them, and leaves nothing chosen.
 */
class DeskPageTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @AutoClose private static Chromium chromium;
  @AutoClose private static SharedRoom room;
  private static Seat seat;
  private static int people;

  @BeforeAll
  static void anOfficerIsLoggedIn(@TempDir Path folder) throws Exception {
    chromium = Chromium.launch();
    DrawnFaces faces = DrawnFaces.in(folder.resolve("faces"), 6);
    room = new SharedRoom(chromium, RunningBoard.in(folder), faces);
    seat = room.seat(RunningBoard.FIRST);
  }

  @AfterEach
  void nothingIsOpenOrChosen() {
    seat.press("Escape", "Escape");
    assertThat(seat.find("dialog[open]")).hasCount(0);
    assertThat(seat.find("#confirmation")).isHidden();
    assertThat(seat.complaints()).isEmpty();
  }

  /** Somebody whom no other test is about. */
  private static int somebody() {
    return ++people;
  }

  private static Locator row(int person) {
    return row(subject(person));
  }

  private static Locator row(String words) {
    return seat.find(".row").filter(new Locator.FilterOptions().setHasText(words));
  }

  private static String subject(int person) {
    return Sighting.of(person).subject();
  }

  private static void awaitSelected(int person) {
    assertThat(seat.find("#alert-title")).hasText(subject(person));
  }

  /** Has the van raise an alert and goes to it. */
  private static UUID shown(Sighting sighting) throws Exception {
    UUID alert = room.van.raises(sighting);
    goTo(sighting.subject());
    assertThat(seat.find("#alert-title")).hasText(sighting.subject());
    return alert;
  }

  /** Goes to the one alert that nobody has looked at. */
  private static void goTo(String words) {
    assertThat(row(words)).isVisible();
    seat.press("n");
  }

  private static Optional<OutcomeMessage> sentOf(UUID alert) {
    return room.van.outcomes().stream()
        .flatMap(message -> OutcomeMessage.read(message, room.board.keys.identity()).stream())
        .filter(message -> message.alert().equals(alert))
        .findFirst();
  }

  @Test
  void bothPicturesAreShownAtTheSameSize() throws Exception {
    shown(Sighting.of(somebody()));

    seat.page()
        .waitForFunction(
            """
            () => {
              const images = [...document.querySelectorAll(".pictures img")];
              return images.length === 2 && images.every((image) => image.naturalWidth > 0);
            }
            """);

    List<?> sizes =
        seat.list(
            """
            () => [...document.querySelectorAll(".pictures .frame")]
              .map((frame) => Math.round(frame.clientWidth))
            """);
    assertThat(sizes.get(1)).isEqualTo(sizes.get(0));
  }

  @Test
  void aMissingPortraitIsReported() throws Exception {
    shown(Sighting.of(somebody()).withoutPortrait());

    assertThat(seat.find("#portrait")).hasText("No portrait: the van could not read it");
  }

  @Test
  void anAlertThatMayShowAPictureOfAFaceSaysSoInWords() throws Exception {
    int maybe = somebody();

    shown(Sighting.of(maybe).maybeOfAPicture());

    assertThat(seat.find("#maybe-picture"))
        .containsText("May be a picture of a face: look closely");
    assertThat(row(maybe)).containsText("Maybe a picture");
    assertThat(seat.find(".statement")).hasText("Possible match – a person decides");

    shown(Sighting.of(somebody()));
    assertThat(seat.find("#maybe-picture")).isHidden();
  }

  @Test
  void anAlertThatWasAlteredIsAnAlarmAndIsNotShown() throws Exception {
    byte[] event = Alerts.event(Alerts.about("S-1"), room.board.keys.identity());
    String altered = new String(Alerts.signed(event), UTF_8).replace("High Street", "Low Street");

    room.board.sendAsIs(Alerts.VAN, altered.getBytes(UTF_8));

    assertThat(seat.find("#refused"))
        .containsText("Refused, and not shown. van-1: 1 alert altered on the way.");
    assertThat(row("van-1 ·")).hasCount(0);
    assertThat(seat.barriers()).isEmpty();

    seat.page().click("#refused-note");
    assertThat(seat.find("#refused")).isHidden();
  }

  @Test
  void anExerciseIsNoLiveAlertAndOneThatNobodyHasSignedSaysSo() throws Exception {
    String event =
        new String(Alerts.event(Alerts.about("S-1")), UTF_8).replace(":\"van-1\"", ":\"van-9\"");

    room.board.sendAsIs(new VanId("van-9"), event.getBytes(UTF_8));
    goTo("van-9 ·");

    assertThat(seat.find("#exercise"))
        .hasText(
            "Exercise, no live alert. It is not signed by a device that this board knows: nobody"
                + " can say who sent it.");
    assertThat(row("van-9 ·")).containsText("Exercise, not signed");

    shown(Sighting.of(somebody()));
    assertThat(seat.find("#exercise")).isHidden();
  }

  @Test
  void twoKeysRecordAnOutcomeWhichTheVanIsSent() throws Exception {
    int person = somebody();
    UUID id = shown(Sighting.of(person));
    Locator closed =
        seat.find("#closed > *").filter(new Locator.FilterOptions().setHasText(subject(person)));

    seat.press("t", "Enter");

    assertThat(seat.find("#empty-title")).hasText("Recorded: TRUE");
    assertThat(closed).containsText("TRUE");
    assertThat(closed).containsText("by officer 1234");
    await().atMost(SOON).until(() -> sentOf(id).isPresent());
    assertThat(sentOf(id))
        .hasValueSatisfying(message -> assertThat(message.outcome()).isEqualTo(Outcome.TRUE));
    assertThat(seat.find("#empty-words")).containsText("Sent, not confirmed by the van yet.");

    room.van.answers(OutcomeReceipt.recorded(id, Outcome.TRUE, Alerts.POSITION.head()));

    assertThat(seat.find("#empty-words")).containsText("Confirmed by the van.");
    assertThat(closed).containsText("Confirmed by the van");
  }

  @Test
  void aLetterAloneRecordsNothing() throws Exception {
    int person = somebody();
    shown(Sighting.of(person));

    seat.press("f");
    assertThat(seat.find("#record-words")).hasText("Record FALSE");
    seat.press("Escape", "Enter");

    assertThat(seat.find("#confirmation")).hasAttribute("hidden", "");
    assertThat(row(person)).isVisible();
  }

  @Test
  void aChoiceIsDroppedWhenAnotherAlertIsLookedAt() throws Exception {
    shown(Sighting.of(somebody()));
    int other = somebody();
    room.van.raises(Sighting.of(other));
    assertThat(row(other)).isVisible();

    seat.press("t", "j");

    awaitSelected(other);
    assertThat(seat.find("#confirmation")).hasAttribute("hidden", "");
  }

  @Test
  void whatSomebodyLooksAtIsNotTakenFromThem() throws Exception {
    int looked = somebody();
    shown(Sighting.of(looked));
    int other = somebody();

    room.van.raises(Sighting.of(other));

    assertThat(seat.find("#arrivals-words")).hasText("1 new alert – show it");
    awaitSelected(looked);
    seat.press("n");
    awaitSelected(other);
    assertThat(seat.find("#arrivals-words")).hasText("No new alert");
  }

  @Test
  void arrowsAndLettersGoThroughTheList() throws Exception {
    int one = somebody();
    shown(Sighting.of(one));
    int two = somebody();
    int three = somebody();
    for (int person : List.of(two, three)) {
      room.van.raises(Sighting.of(person));
      assertThat(row(person)).isVisible();
    }

    seat.press("n");
    awaitSelected(two);
    seat.press("k");
    awaitSelected(one);
    seat.press("ArrowDown");
    awaitSelected(two);
    seat.press("ArrowUp", "j", "j");
    awaitSelected(three);
    assertThat(row(three)).isFocused();
  }

  @Test
  void anAlertThatComesLateIsStale() throws Exception {
    int person = somebody();

    shown(Sighting.of(person).ago(Duration.ofSeconds(75)));

    assertThat(seat.find("#staleness")).hasText("Stale: the person has probably gone");
    assertThat(seat.find("#age")).hasText(Pattern.compile("1:[12]\\d"));
    assertThat(row(person)).containsText("Stale");
  }

  @Test
  void anAlertSealedForAnotherControlRoomCanOnlyBeUnresolved() throws Exception {
    room.fleet.strayVan("van-8").raises(Sighting.of(somebody()));
    goTo("van-8");

    assertThat(seat.find("#sealed")).containsText("Sealed for another control room’s key.");
    assertThat(seat.find("button[data-outcome=true]")).isDisabled();
    seat.press("t", "u", "Enter");
    assertThat(seat.find("#empty-title")).hasText("Recorded: UNRESOLVED");
  }

  @Test
  void anAuditLogThatWasSetBackIsShownUntilAnOfficerAcknowledgesIt() throws Exception {
    Locator vans = seat.find("#vans");
    room.fleet.van("van-6").announces(0).close();
    try (SendingVan restored = room.fleet.van("van-6")) {
      restored.announces(new LogPosition(Alerts.POSITION.instance(), AuditHead.START));
      assertThat(vans)
          .containsText("Its audit log was set back: record 17 was published, now it ends at 0");

      seat.find(".van-log:visible").click();

      assertThat(vans).not().containsText("set back");
      assertThat(seat.find(".van-log:visible")).hasCount(0);
    }
  }

  @Test
  void waitingAlertsOfAVanAreCounted() throws Exception {
    room.van.announces(5);

    assertThat(seat.find("#vans")).containsText("5 alerts waiting to be sent");
  }

  @Test
  void lettersCanBeSwitchedOff() throws Exception {
    shown(Sighting.of(somebody()));

    seat.press("?");
    seat.page().uncheck("#letters");
    seat.press("Escape", "t", "m");

    assertThat(seat.find("#confirmation")).hasAttribute("hidden", "");
    seat.page().click("button[data-outcome=true]");
    assertThat(seat.find("#record")).isFocused();

    seat.press("Escape");
    seat.page().click("#help");
    seat.page().check("#letters");
  }

  @Test
  void lettersWithAModifierDoNothing() throws Exception {
    shown(Sighting.of(somebody()));

    seat.press("Control+u", "Alt+t", "Shift+F");

    assertThat(seat.find("#confirmation")).hasAttribute("hidden", "");
  }

  @Test
  void theHelpNamesEveryKey() {
    seat.press("?");

    assertThat(seat.find("#help-sheet")).isVisible();
    assertThat(seat.find("#help-sheet kbd"))
        .hasText(
            new String[] {
              "T", "F", "U", "Enter", "Esc", "C", "J", "K", "↓", "↑", "→", "←", "N", "Z", "1", "2",
              "3", "S", "B", "W", "+", "-", "0", "M", "?"
            });
  }

  @Test
  void zEnlargesBothPicturesAndAgainMakesThemSmall() throws Exception {
    shown(Sighting.of(somebody()));

    seat.press("z");
    assertThat(seat.find("#zoom img")).hasCount(2);
    seat.press("z");
    assertThat(seat.find("#zoom")).isHidden();
    assertThat(seat.find(".pictures img")).hasCount(2);

    seat.find("#probe").focus();
    seat.press("Enter");
    assertThat(seat.find("#zoom img")).hasCount(2);
  }

  @Test
  void theBrowserKeepsNothingButTheSession() throws Exception {
    shown(Sighting.of(somebody()));
    seat.page().click("#theme");
    seat.press("m", "m", "t", "Enter");
    assertThat(seat.find("#empty-title")).hasText("Recorded: TRUE");

    assertThat(seat.leftBehind()).isEmpty();
    assertThat(seat.context().cookies())
        .singleElement()
        .extracting((Cookie cookie) -> cookie.httpOnly)
        .isEqualTo(true);
  }

  @Test
  void theThemeCanBeChosen() {
    while (!seat.find("#theme-words").textContent().equals("Theme: system")) {
      seat.page().click("#theme");
    }

    seat.page().click("#theme");

    assertThat(seat.find("#theme-words")).hasText("Theme: dark");
    assertThat(seat.find("body")).hasCSS("background-color", "rgb(12, 17, 21)");
  }

  @Test
  void aWrongPasswordIsRefused() {
    try (Seat other = chromium.seat(room.board)) {
      other.goToLogin().logIn(RunningBoard.SECOND, "not the right password");

      assertThat(other.find("#failed")).isVisible();
      assertThat(other.find("#wait")).isHidden();
      assertThat(other.context().cookies()).isEmpty();
      assertThat(other.complaints()).isEmpty();
    }
  }

  @Test
  void loggingOutLeadsToTheLogin() {
    try (Seat other = chromium.seat(room.board)) {
      other.loggedInAs(RunningBoard.SECOND);

      other.page().click("#logout button");

      assertThat(other.page()).hasURL(room.board.board().uri().resolve("/login").toString());
      assertThat(other.context().cookies()).isEmpty();
      // A picture that was asked for before is not to be had any more.
      assertThat(other.complaints())
          .allMatch(each -> each.contains("401") && each.contains("/probe"));
    }
  }

  @Test
  void howAnOfficerLikesThePageIsThereAtTheNextLogin() {
    try (Seat other = chromium.seat(room.board)) {
      other.loggedInAs(RunningBoard.SECOND);
      assertThat(other.find("html")).hasAttribute("data-letters", "on");
      other.page().click("#theme");
      assertThat(other.find("#theme-words")).hasText("Theme: dark");
      other.press("m", "?");
      other
          .page()
          .waitForResponse(
              response ->
                  response.url().endsWith("/api/desk")
                      && response.request().postData().contains("\"letters\":false"),
              () -> other.page().uncheck("#letters"));
      other.press("Escape");

      other.loggedInAs(RunningBoard.SECOND);

      assertThat(other.find("#theme-words")).hasText("Theme: dark");
      assertThat(other.find("#sound-words")).hasText("Sound off");
      assertThat(other.find("html")).hasAttribute("data-letters", "off");
      assertThat(other.complaints()).isEmpty();
    }
  }
}
