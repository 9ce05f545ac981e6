package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;

/** Two officers at two desks who see of each other what they attend to. */
class ClaimPageTest {
  @AutoClose private static Chromium chromium;
  @AutoClose private static SharedRoom room;
  private static Seat first;
  private static Seat second;

  @BeforeAll
  static void bothAreLoggedIn(@TempDir Path folder) throws Exception {
    chromium = Chromium.launch();
    DrawnFaces faces = DrawnFaces.in(folder.resolve("faces"), 2);
    room = new SharedRoom(chromium, RunningBoard.in(folder), faces);
    first = room.seat(RunningBoard.FIRST);
    second = room.seat(RunningBoard.SECOND);
  }

  @BeforeEach
  void anAlertIsBeforeBoth() throws Exception {
    room.shown(Sighting.of(1));
    for (Seat seat : new Seat[] {first, second}) {
      assertThat(seat.find("[aria-busy=true]")).hasCount(0);
    }
  }

  @AfterEach
  void everyAlertIsClosed() throws Exception {
    room.clear();
  }

  private void firstClaims() {
    first.press("c");
    assertThat(first.find("#attention-words")).containsText("It is yours to judge.");
    assertThat(second.find("#attention-words")).containsText("Officer 1234 has claimed it.");
  }

  @Test
  void whoHasLookedIsShownInTheListAndBesideTheAlertUntilTheirPageIsGone() {
    assertThat(second.find("#attention-words")).hasText("Nobody else is at it.");

    first.page().click("#alert-title");

    assertThat(second.find("#attention-words")).hasText("Officer 1234 looks at it too.");
    assertThat(second.find(".row")).containsText("1234 looks");
    assertThat(first.find("#attention-words")).hasText("Nobody else is at it.");
    first.goToLogin();
    assertThat(second.find("#attention-words")).hasText("Nobody else is at it.");

    first.loggedInAs(RunningBoard.FIRST);
  }

  @Test
  void whatAnotherHasClaimedIsNotJudgedByAccident() {
    firstClaims();
    assertThat(first.find(".row")).containsText("Yours");
    assertThat(second.find(".row")).containsText("Claimed by 1234");
    assertThat(second.find("#judgement-hint"))
        .hasText("Officer 1234 has claimed it: take it over to judge it yourself.");
    assertThat(second.find("button[data-outcome=true]")).isDisabled();
    second.press("t", "Enter");
    assertThat(second.find("#confirmation")).isHidden();
    assertThat(second.barriers()).isEmpty();

    first.press("t", "Enter");

    assertThat(second.find("#empty-title")).hasText("Recorded: TRUE");
  }

  @Test
  void whatIsTakenOverNeedsAWordMoreAndIsReportedToWhoHadIt() {
    firstClaims();

    second.press("c");
    assertThat(second.find("#take-over-words")).containsText("Officer 1234 has claimed this alert");
    assertThat(second.barriers()).isEmpty();
    second.page().keyboard().press("Escape");
    assertThat(second.find("#attention-words")).containsText("Officer 1234 has claimed it.");
    second.press("c");
    second.page().click("#take-over-sheet [value=yes]");

    assertThat(second.find("#attention-words")).containsText("It is yours to judge.");
    assertThat(second.find("#note")).isHidden();
    assertThat(first.find("#note-words"))
        .hasText("Officer sergeant-7 has taken over S-0001, van-7.");
    assertThat(first.find("button[data-outcome=true]")).isDisabled();
    second.press("f", "Enter");
    assertThat(first.find("#empty-title")).hasText("Recorded: FALSE");
  }

  @Test
  void whatIsHandedOverIsReportedToWhoGetsIt() {
    firstClaims();

    first.page().click("#hand-over");
    assertThat(first.find("#hand-over-to option")).hasText(Pattern.compile("Officer sergeant-7"));
    assertThat(first.barriers()).isEmpty();
    first.page().click("#hand-over-yes");

    assertThat(second.find("#note-words"))
        .hasText("Officer 1234 has handed S-0001, van-7 over to you.");
    assertThat(second.find("#attention-words")).containsText("It is yours to judge.");
    assertThat(first.find("#attention-words")).containsText("Officer sergeant-7 has claimed it.");
    assertThat(first.find("#note")).isHidden();
  }

  @Test
  void whatIsReleasedIsAnybodys() {
    firstClaims();

    first.press("c");

    assertThat(second.find("#claim-words")).hasText("Claim");
    assertThat(second.find("button[data-outcome=true]")).isEnabled();
  }
}
