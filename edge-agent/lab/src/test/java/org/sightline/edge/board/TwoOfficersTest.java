package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
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

  private static DrawnFaces faces;
  @AutoClose private static Chromium chromium;

  @TempDir private Path folder;
  private RunningBoard board;
  private Fleet fleet;
  private SendingVan van;
  private Seat first;
  private Seat second;

  @BeforeAll
  static void launch(@TempDir Path shared) throws Exception {
    chromium = Chromium.launch();
    faces = DrawnFaces.in(shared.resolve("faces"), 2);
  }

  @BeforeEach
  void anAlertIsBeforeBoth() throws Exception {
    board = RunningBoard.withTwoPersons(folder, chromium.port());
    fleet = new Fleet(board, faces);
    van = fleet.van("van-7");
    first = chromium.seat(board).loggedInAs(RunningBoard.FIRST);
    second = chromium.seat(board).loggedInAs(RunningBoard.SECOND);
    van.raises(Sighting.of(1));
    assertThat(first.find("#alert-title")).hasText("S-0001");
    assertThat(second.find("#alert-title")).hasText("S-0001");
  }

  @AfterEach
  void close() throws Exception {
    first.close();
    second.close();
    fleet.close();
    board.close();
    assertThat(first.complaints()).isEmpty();
    assertThat(second.complaints()).isEmpty();
  }

  private void firstSaysTrue() {
    first.press("t");
    assertThat(first.find("#record-words")).hasText("Propose TRUE");
    first.press("Enter");
    assertThat(second.find("#judgement-title"))
        .hasText("Officer 1234 has judged – judge it on your own");
    assertThat(first.find("#judgement-title"))
        .hasText("You said TRUE – a second officer must judge");
    assertThat(first.find("[data-outcome=false]")).isEnabled();
  }

  @Test
  void aSecondOfficerConfirms() throws Exception {
    firstSaysTrue();

    second.press("t", "Enter");

    assertThat(second.find("#empty-title")).hasText("Recorded: TRUE");
    assertThat(first.find("#empty-words"))
        .containsText("by officer 1234, confirmed by officer sergeant-7");
    await().atMost(SOON).until(() -> !van.outcomes().isEmpty());
    assertThat(OutcomeMessage.read(van.outcomes().get(0), board.keys.identity()))
        .hasValueSatisfying(
            message -> {
              assertThat(message.by()).isEqualTo(Actor.officer(RunningBoard.FIRST));
              assertThat(message.confirmedBy()).isEqualTo(Actor.officer(RunningBoard.SECOND));
            });
  }

  @Test
  void nothingOnTheSecondOfficersPageShowsWhatTheFirstFound() {
    String before = second.find("body").innerText();
    assertThat(before).doesNotContain("TRUE", "says");

    firstSaysTrue();

    assertThat(second.find("body").innerText()).doesNotContain("TRUE");
    assertThat(second.find("button.proposed").count()).isZero();
    assertThat(second.find("[data-outcome=true] .outcome-word")).hasText("True");
  }

  @Test
  void nobodyConfirmsHimself() {
    firstSaysTrue();

    assertThat(first.find("[data-outcome=true]")).isDisabled();
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
      assertThat(seat.find("[data-outcome=true]")).isDisabled();
      assertThat(seat.find("[data-outcome=unresolved]")).isDisabled();
    }
  }

  @Test
  void aSupervisorSeesBothAndDecides() throws Exception {
    theyDisagree();
    try (Seat third = chromium.seat(board).loggedInAs(RunningBoard.SUPERVISOR)) {
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
}
