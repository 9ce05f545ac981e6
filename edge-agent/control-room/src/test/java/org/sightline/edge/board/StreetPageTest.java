package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.EngagementMessage;

/** The phone of an officer in the street and the desk beside it, in a real browser. */
class StreetPageTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @AutoClose private static Chromium chromium;

  private RunningBoard room;
  private Seat phone;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @BeforeEach
  void open(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder, chromium.port());
    room.employsInStreet("street-1");
    phone = chromium.phone(room);
  }

  /** What is there before that is shown at once; for what comes later the page asks. */
  private void logsIn() {
    phone.goToLogin().logIn("street-1", RunningBoard.PASSWORD);
    assertThat(phone.find("#officer")).hasText("Officer street-1");
  }

  @AfterEach
  void close() throws Exception {
    phone.close();
    room.close();
  }

  private UUID judgedTrue() throws Exception {
    UUID alert = room.alertWithGroups("S-1", List.of(new StatedGroup("A1", "Asian - Indian")));
    room.officer().judges(alert, "true");
    return alert;
  }

  private UUID goThere() throws Exception {
    UUID alert = judgedTrue();
    logsIn();
    phone.find(".take").tap();
    phone.find("#confirm").tap();
    assertThat(phone.find(".pictures img")).hasCount(2);
    return alert;
  }

  /** Looks at the phone again: the page asks at once, and not when its 2 s are over. */
  private void lookAgain() {
    phone.page().evaluate("() => document.dispatchEvent(new Event('visibilitychange'))");
  }

  private void choose(String choice) {
    phone.find("[data-choice=" + choice + "]").tap();
    phone.find("#confirm").tap();
  }

  private List<EngagementMessage> sent() {
    return room.tap.on("sightline/v1/" + Alerts.VAN + "/outcomes").stream()
        .flatMap(
            message -> EngagementMessage.read(message.content(), room.keys.identity()).stream())
        .toList();
  }

  private EngagementMessage awaitSent() {
    await().atMost(SOON).until(() -> !sent().isEmpty());
    return sent().get(0);
  }

  @Test
  void notThemIsRecordedWithTwoTaps() throws Exception {
    UUID alert = goThere();

    choose("not-them");

    EngagementMessage sent = awaitSent();
    assertThat(sent.alert()).isEqualTo(alert);
    assertThat(sent.found().result()).isEqualTo(Outcome.FALSE);
    assertThat(phone.find(".stated")).containsText("not them");
    assertThat(phone.find(".stated")).containsText("not confirmed by the van");
    assertThat(phone.find("img")).hasCount(0);
  }

  @Test
  void whoGoesIsCalledBackWhenAllOfTheDeploymentIsRefused() throws Exception {
    UUID alert = goThere();
    room.refuses(alert);
    lookAgain();
    assertThat(phone.find("#discarded")).containsText("Refused: do not stop.");
    assertThat(phone.find(".mine")).hasCount(0);
  }

  @Test
  void oneTapRecordsNothing() throws Exception {
    goThere();

    phone.find("[data-choice=arrested]").tap();
    assertThat(phone.find("#sure")).isVisible();
    phone.find("#back").tap();

    assertThat(phone.find("#sure")).isHidden();
    assertThat(sent()).isEmpty();
  }

  @Test
  void theMinutesRunFromStoppedAndCanBeCorrected() throws Exception {
    goThere();
    choose("stopped");
    assertThat(phone.find(".timer")).isVisible();
    room.clock.shift(Duration.ofSeconds(130));
    lookAgain();
    assertThat(phone.find(".minutes output")).hasText("3 min stopped");
    phone.find(".more").tap();

    choose("arrested");

    assertThat(awaitSent().found())
        .isEqualTo(Engagement.stopped(Outcome.TRUE, Engagement.Action.ARRESTED, 4));
  }

  @Test
  void anAlertThatIsNewIsAnnounced() throws Exception {
    logsIn();
    judgedTrue();

    assertThat(phone.find("#news")).hasText("A new alert waits.");
  }

  @Test
  void anOfficerWhoDoesNotGoAfterAllHasNoPicturesMore() throws Exception {
    goThere();

    phone.find(".release").tap();
    phone.find("#confirm").tap();

    assertThat(phone.find(".take")).isVisible();
    assertThat(phone.find("img")).hasCount(0);
  }

  @Test
  void anAlertThatIsWithdrawnSaysThatNobodyIsToBeStoppedAndHasNoPicturesMore() throws Exception {
    UUID alert = goThere();

    room.withdraws(alert);
    lookAgain();

    assertThat(phone.find(".withdrawn"))
        .hasText(
            "Withdrawn: do not stop. An authority has taken this person off the list. Stop nobody"
                + " because of it, and call the control room if you have.");
    assertThat(phone.find(".warn")).isHidden();
    assertThat(phone.find("img")).hasCount(0);
    assertThat(phone.find(".who")).hasText("Your alert");
    assertFits();
  }

  @Test
  void whyThePicturesAreGoneIsSaid() throws Exception {
    goThere();

    // A session ends without the page for as long.
    for (int minutes : List.of(5, 10)) {
      room.clock.shift(Duration.ofMinutes(5));
      lookAgain();
      assertThat(phone.find(".age")).containsText(minutes + " min");
    }
    room.clock.shift(Duration.ofMinutes(6));
    lookAgain();

    assertThat(phone.find(".past")).isVisible();
    assertThat(phone.find("img")).hasCount(0);
  }

  @Test
  void theBoardIsAskedToLockUntilItHas() throws Exception {
    goThere();
    phone.page().route("**/api/street/lock", route -> route.abort());
    phone.find("#lock").tap();
    assertThat(phone.find("#note")).containsText("not confirmed");

    phone.page().unroute("**/api/street/lock");

    assertThat(phone.find("#note")).hasText("Locked.");
    assertThat(phone.find("article")).hasCount(0);
  }

  @Test
  void picturesLeaveTheDocumentWhenThePhoneIsLocked() throws Exception {
    goThere();

    phone.find("#lock").tap();

    assertThat(phone.find("#over")).isVisible();
    assertThat(phone.find("img")).hasCount(0);
    assertThat(phone.find("article")).hasCount(0);
  }

  @Test
  void picturesLeaveTheDocumentWhenTheSessionEndsAtTheBoard() throws Exception {
    goThere();

    room.officers().remove("street-1");
    lookAgain();

    assertThat(phone.find("#over")).isVisible();
    assertThat(phone.find("img")).hasCount(0);
  }

  @Test
  void nothingIsLeftInTheBrowser() throws Exception {
    goThere();

    phone.find("#logout button").tap();

    assertThat(phone.find("#password")).isVisible();
    assertThat(phone.leftBehind()).isEmpty();
    assertThat(phone.complaints()).isEmpty();
  }

  @Test
  void itHasNoBarriersAndFitsAPhoneAtEveryStep() throws Exception {
    logsIn();
    assertFits();
    judgedTrue();
    lookAgain();
    assertThat(phone.find(".take")).isVisible();
    assertFits();
    phone.find(".take").tap();
    assertFits();
    phone.find("#confirm").tap();
    assertThat(phone.find(".pictures img")).hasCount(2);
    assertFits();
    phone.find("[data-choice=lost]").tap();
    assertFits();
    phone.find("#confirm").tap();
    assertThat(phone.find(".stated")).isVisible();
    assertFits();
  }

  private void assertFits() {
    assertThat(phone.barriers()).isEmpty();
    assertThat(phone.page().evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
        .isEqualTo(true);
  }

  @Test
  void aDeskStatesAndCorrectsWhatBecameOfAnAlert() throws Exception {
    judgedTrue();
    try (Seat desk = chromium.seat(room)) {
      desk.loggedInAs(RunningBoard.FIRST);
      desk.find("#street").click();
      desk.find("#street-list button").click();
      assertThat(desk.find("#street-choice")).hasValue("");
      desk.find("#street-record").click();
      assertThat(desk.find("#street-list")).containsText("Nothing stated yet");
      desk.find("#street-choice").selectOption("lost");
      desk.find("#street-record").click();
      assertThat(desk.find("#street-list")).containsText("lost, by officer 1234");
      assertThat(desk.find("#street-list button")).isFocused();
      assertThat(desk.barriers()).isEmpty();

      desk.find("#street-list button").click();
      assertThat(desk.find("#street-choice")).hasValue("lost");
      desk.find("#street-choice").selectOption("not-attempted");
      desk.find("#street-reason").fill("nobody was free");
      desk.find("#street-record").click();

      assertThat(desk.find("#street-list")).containsText("corrected 1 ×");
      assertThat(desk.complaints()).isEmpty();
    }
  }
}
