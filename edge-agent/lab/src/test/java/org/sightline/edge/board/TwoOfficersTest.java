package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.publish.OutcomeMessage;

/** Two officers at two desks who have to agree. */
class TwoOfficersTest {
  private static final Duration SOON = Duration.ofSeconds(30);

  @AutoClose private static Chromium chromium;
  @AutoClose private static SharedRoom room;
  private static Seat first;
  private static Seat second;

  private UUID alert;

  @BeforeAll
  static void bothAreLoggedIn(@TempDir Path folder) throws Exception {
    chromium = Chromium.launch();
    DrawnFaces faces = DrawnFaces.in(folder.resolve("faces"), 2);
    room = new SharedRoom(chromium, RunningBoard.withTwoPersons(folder), faces);
    first = room.seat(RunningBoard.FIRST);
    second = room.seat(RunningBoard.SECOND);
  }

  @BeforeEach
  void anAlertIsBeforeBoth() throws Exception {
    alert = room.shown(Sighting.of(1));
  }

  @AfterEach
  void everyAlertIsClosed() throws Exception {
    room.clear();
  }

  private void firstSaysTrue() {
    first.press("t");
    assertThat(first.find("#record-words")).hasText("Propose TRUE");
    first.press("Enter");
    assertThat(second.find("#judgement-title"))
        .hasText("Officer 1234 has judged – judge it on your own");
    assertThat(first.find("#judgement-title"))
        .hasText("You said TRUE – a second officer must judge");
    assertThat(first.find("button[data-outcome=false]")).isEnabled();
  }

  /** What the van was sent of this test's alert. */
  private Optional<OutcomeMessage> outcome() {
    return room.van.outcomes().stream()
        .flatMap(message -> OutcomeMessage.read(message, room.board.keys.identity()).stream())
        .filter(message -> message.alert().equals(alert))
        .findFirst();
  }

  @Test
  void aSecondOfficerConfirms() throws Exception {
    firstSaysTrue();

    second.press("t", "Enter");

    assertThat(second.find("#empty-title")).hasText("Recorded: TRUE");
    assertThat(first.find("#empty-words"))
        .containsText("by officer 1234, confirmed by officer sergeant-7");
    await().atMost(SOON).until(() -> outcome().isPresent());
    assertThat(outcome())
        .hasValueSatisfying(
            message -> {
              assertThat(message.by()).isEqualTo(Actor.officer(RunningBoard.FIRST));
              assertThat(message.confirmedBy()).isEqualTo(Actor.officer(RunningBoard.SECOND));
            });
  }

  /** Not in the list of what was closed, nor in what is spoken: both go on about the one before. */
  private static int timesTrueIsSaid() {
    String open = second.find("#rows").innerText() + second.find("#alert").innerText();
    return open.split("TRUE", -1).length - 1;
  }

  @Test
  void nothingOnTheSecondOfficersPageShowsWhatTheFirstFound() {
    int before = timesTrueIsSaid();
    assertThat(second.find("body").innerText()).doesNotContain("says");

    firstSaysTrue();

    assertThat(timesTrueIsSaid()).isEqualTo(before);
    assertThat(second.find("button.proposed").count()).isZero();
    assertThat(second.find("button[data-outcome=true] .outcome-word")).hasText("True");
  }

  @Test
  void nobodyConfirmsHimself() {
    firstSaysTrue();

    assertThat(first.find("button[data-outcome=true]")).isDisabled();
    first.press("t");
    assertThat(first.find("#confirmation")).hasAttribute("hidden", "");
  }

  @Test
  void anOfficerMayChangeHisOwnProposal() {
    firstSaysTrue();

    first.press("u", "Enter");

    assertThat(first.find("#judgement-title"))
        .hasText("You said UNRESOLVED – a second officer must judge");
  }

  private void theyDisagree() {
    firstSaysTrue();
    second.press("f", "Enter");
  }

  @Test
  void aDisagreementIsShownToBothAndNeitherDecides() {
    theyDisagree();

    for (Seat seat : new Seat[] {first, second}) {
      assertThat(seat.find("#dispute"))
          .containsText("officer 1234 said TRUE, officer sergeant-7 said FALSE");
      assertThat(seat.find("#judgement-title"))
          .hasText("Two officers disagree: a supervisor decides");
      assertThat(seat.find(".row")).containsText("Disputed");
      assertThat(seat.find("button[data-outcome=true]")).isDisabled();
      assertThat(seat.find("button[data-outcome=unresolved]")).isDisabled();
    }
  }

  @Test
  void aSupervisorSeesBothAndDecides() throws Exception {
    theyDisagree();
    try (Seat third = chromium.seat(room.board).loggedInAs(RunningBoard.SUPERVISOR)) {
      assertThat(third.find("#dispute"))
          .containsText("officer 1234 said TRUE, officer sergeant-7 said FALSE");
      assertThat(third.find("#judgement-title")).hasText("Two officers disagree: decide");

      third.press("f");
      assertThat(third.find("#record-words")).hasText("Decide FALSE");
      third.press("Enter");

      assertThat(first.find("#empty-words"))
          .containsText(
              "decided by supervisor inspector-1 between officer 1234 (TRUE) and officer"
                  + " sergeant-7 (FALSE)");
    }
  }

  @Test
  void aChoiceIsDroppedWhenTheOtherOfficerSaysSomethingMeanwhile() {
    second.press("f");
    assertThat(second.find("#record-words")).hasText("Propose FALSE");

    firstSaysTrue();

    assertThat(second.find("#confirmation")).hasAttribute("hidden", "");
  }

  @Test
  void aChoiceIsDroppedWhenTwoOthersHaveDisagreedWhileThePageHeardNothing() throws Exception {
    try (Seat third = chromium.seat(room.board).loggedInAs(RunningBoard.SUPERVISOR)) {
      assertThat(third.find("button[data-outcome=true]")).isEnabled();
      third.press("t");
      assertThat(third.find("#record-words")).hasText("Propose TRUE");
      third.context().setOffline(true);
      assertThat(third.find("#lost")).isVisible();

      theyDisagree();
      third.context().setOffline(false);

      assertThat(third.find("#dispute")).isVisible();
      assertThat(third.find("#confirmation")).hasAttribute("hidden", "");
    }
  }
}
