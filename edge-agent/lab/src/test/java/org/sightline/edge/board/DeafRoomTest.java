package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions.HasTextOptions;
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

/** A control room that no alert can reach says so, and can be tried. */
class DeafRoomTest {
  /** Keeps the pitch of every note that is played. */
  private static final String LISTENER =
      """
      () => {
        window.pitches = [];
        window.OscillatorNode = class extends OscillatorNode {
          start(at) { pitches.push(this.frequency.value); super.start(at); }
        };
      }
      """;

  private static DrawnFaces faces;
  @AutoClose private static Chromium chromium;

  @TempDir private Path folder;
  private RunningBoard board;
  private Fleet fleet;
  private Seat seat;

  @BeforeAll
  static void launch(@TempDir Path shared) throws Exception {
    chromium = Chromium.launch();
    faces = DrawnFaces.in(shared.resolve("faces"), 1);
  }

  @BeforeEach
  void open() throws Exception {
    board = RunningBoard.in(folder, chromium.port());
    fleet = new Fleet(board, faces);
    seat = chromium.seat(board);
  }

  @AfterEach
  void close() throws Exception {
    seat.close();
    fleet.close();
    board.close();
    assertThat(seat.complaints()).isEmpty();
  }

  private void loggedInWithSound() {
    seat.loggedInAs(RunningBoard.FIRST);
    seat.page().evaluate(LISTENER);
    seat.page().click("#list-title");
    assertThat(seat.find("#sound-words")).hasText("Sound on");
  }

  @Test
  void aBrokerThatIsNotHeardIsABannerAndASoundOfItsOwn() throws Exception {
    fleet.van("van-7").announces(0);
    loggedInWithSound();
    assertThat(seat.find("#empty-title")).hasText("No open alerts");

    board.broker.stop();

    assertThat(seat.find("#lost")).containsText("The board does not hear the broker.");
    assertThat(seat.find("#link-words")).hasText("Broker not heard");
    assertThat(seat.find("#readiness")).containsText("Not ready:");
    assertThat(seat.find("#readiness")).containsText("broker not heard for");
    assertThat(seat.find("#readiness")).containsText("vans not known");
    assertThat(seat.find("#vans-summary")).containsText("As last heard: ");
    assertThat(seat.find("#empty-title")).hasText("No alert can arrive");
    assertThat(seat.find("#empty .tick")).isHidden();
    assertThat(seat.page()).hasTitle(Pattern.compile("^NO ALERTS ARRIVE"));
    seat.page().waitForFunction("() => pitches.length >= 4");
    assertThat(seat.list("() => pitches.slice(0, 4)").toString()).isEqualTo("[440, 330, 440, 330]");
    assertThat(seat.barriers()).isEmpty();

    board.broker.start();

    assertThat(seat.find("#lost")).isHidden();
    assertThat(seat.find("#link-words")).hasText("Live");
    assertThat(seat.find("#readiness")).not().containsText("vans not known");
  }

  @Test
  void aBrokerThatAnswersNoLongerIsFoundOutWithinTenSeconds() throws Exception {
    fleet.van("van-7").announces(0);
    loggedInWithSound();

    board.broker.freeze();
    try {
      assertThat(seat.find("#link-words"))
          .hasText("Broker not heard", new HasTextOptions().setTimeout(10_000));
      assertThat(seat.find("#vans-summary")).hasText("As last heard: 1 online");
      assertThat(seat.find(".van-state")).hasText("Online when last heard");
    } finally {
      board.broker.thaw();
    }
  }

  @Test
  void anOfficerWhoLogsInWhileNothingIsHeardIsShownThatAtOnce() throws Exception {
    board.broker.stop();
    seat.goToLogin().logIn(RunningBoard.FIRST, RunningBoard.PASSWORD);

    assertThat(seat.find("#lost")).containsText("The board does not hear the broker.");
    assertThat(seat.find("#empty-title")).hasText("No alert can arrive");
  }

  @Test
  void aRoomWithoutAVanIsNoQuietRoom() {
    seat.loggedInAs(RunningBoard.FIRST);

    assertThat(seat.find("#empty-title")).hasText("No van is heard");
    assertThat(seat.find("#empty .tick")).isHidden();
    assertThat(seat.find("#readiness")).containsText("no van heard");
  }

  @Test
  void aTestAlertGoesToTheBrokerAndBackToThePageAndIsNoAlert() throws Exception {
    fleet.van("van-7").announces(0);
    loggedInWithSound();
    assertThat(seat.find("#readiness")).containsText("not tested in this session");

    seat.page().click("#test");

    assertThat(seat.find("#readiness")).containsText(Pattern.compile("tested \\d+ s ago"));
    assertThat(seat.find("#readiness-words")).hasText("Ready:");
    assertThat(seat.list("() => pitches").toString()).isEqualTo("[587, 784]");
    assertThat(seat.find(".row")).hasCount(0);
    assertThat(seat.find("#empty-title")).hasText("No open alerts");
    assertThat(seat.barriers()).isEmpty();
  }

  @Test
  void aTestAlertThatDoesNotComeBackIsAFault() throws Exception {
    loggedInWithSound();
    board.broker.stop();
    assertThat(seat.find("#link-words")).hasText("Broker not heard");

    seat.page().click("#test");
    board.clock.shift(Duration.ofSeconds(11));

    assertThat(seat.find("#readiness")).containsText("the test alert did not come back");
  }

  @Test
  void aVanThatDoesNotAnswerTheTestAlertIsAFaultAndOneThatCannotIsNamed() throws Exception {
    fleet.van("van-7").answersTests().announces(0);
    fleet.van("van-8").announces(0);
    loggedInWithSound();

    seat.page().click("#test");
    assertThat(seat.find("#vans")).containsText("Does not answer tests");
    board.clock.shift(Duration.ofSeconds(11));

    assertThat(seat.find("#vans"))
        .containsText(Pattern.compile("No answer to the test alert for \\d+ s"));
    assertThat(seat.find("#readiness"))
        .containsText(Pattern.compile("van-7: no answer to the test alert for \\d+ s"));
    assertThat(seat.find("#readiness-words")).hasText("Not ready:");
    assertThat(seat.barriers()).isEmpty();
  }

  @Test
  void anAlertIsJudgedThoughTheBrokerIsNotHeard() throws Exception {
    fleet.van("van-7").raises(Sighting.of(1));
    loggedInWithSound();
    assertThat(seat.find("#alert-title")).hasText("S-0001");
    board.broker.stop();
    assertThat(seat.find("#link-words")).hasText("Broker not heard");

    seat.press("t", "Enter");

    assertThat(seat.find("#empty-title")).hasText("Recorded: TRUE");
  }
}
