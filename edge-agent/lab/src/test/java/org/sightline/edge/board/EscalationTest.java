package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;

/** An alert that nobody has looked at does not wait unnoticed. */
class EscalationTest {
  /** Keeps the pitch of every note that is played, and every notice that is shown. */
  private static final String LISTENER =
      """
      window.pitches = [];
      window.OscillatorNode = class extends OscillatorNode {
        start(at) { pitches.push(this.frequency.value); super.start(at); }
      };
      window.notices = [];
      window.asked = 0;
      window.Notification = class extends EventTarget {
        static permission = "default";
        static async requestPermission() { asked++; return this.permission = "granted"; }
        constructor(title, {body}) { super(); notices.push(`${title}: ${body}`); }
        close() {}
      };
      """;

  private static DrawnFaces faces;
  @AutoClose private static Chromium chromium;

  @TempDir private Path folder;
  private RunningBoard board;
  private Fleet fleet;
  private SendingVan van;
  private Seat seat;

  @BeforeAll
  static void launch(@TempDir Path shared) throws Exception {
    chromium = Chromium.launch();
    faces = DrawnFaces.in(shared.resolve("faces"), 2);
  }

  @BeforeEach
  void anOfficerIsLoggedInWithSound() throws Exception {
    board = RunningBoard.in(folder, chromium.port());
    fleet = new Fleet(board, faces);
    van = fleet.van("van-7").announces(0);
    seat = chromium.seat(board, new NewContextOptions().setViewportSize(1440, 900));
    seat.context().addInitScript(LISTENER);
    seat.page().clock().install();
    seat.loggedInAs(RunningBoard.FIRST);
    seat.page().click("#list-title");
    assertThat(seat.find("#sound-words")).hasText("Sound on");
  }

  @AfterEach
  void close() throws Exception {
    seat.close();
    fleet.close();
    board.close();
    assertThat(seat.complaints()).isEmpty();
  }

  private UUID raised(Sighting sighting) throws Exception {
    UUID alert = van.raises(sighting);
    assertThat(seat.find("#alert-title")).hasText(sighting.subject());
    return alert;
  }

  private String heard() {
    return seat.list("() => pitches.splice(0)").toString();
  }

  private void pass(Duration time) {
    seat.page().clock().fastForward(time.toMillis());
    seat.page().clock().runFor(1_000);
  }

  @Test
  void itIsHeardAndSeenAgainLouderUntilSomebodyLooks() throws Exception {
    UUID alert = raised(Sighting.of(1));
    assertThat(heard()).isEqualTo("[587, 784]");

    pass(Duration.ofSeconds(15));
    assertThat(seat.find("#arrivals")).containsText("Nobody has looked for");
    assertThat(heard()).startsWith("[784, 988, 784");
    assertThat(seat.find("#spoken")).containsText("1 alert waits, and nobody has looked at it for");

    // The page's time goes on by itself, too: on a slow machine there may be one more.
    pass(Duration.ofSeconds(15));
    assertThat(heard()).startsWith("[784, 988, 784, 784, 988, 784");

    assertThat(board.officer(RunningBoard.SECOND).sees(alert).statusCode()).isEqualTo(204);
    assertThat(seat.find("#arrivals")).hasText("No new alertN");
    heard();
    pass(Duration.ofSeconds(20));
    assertThat(heard()).isEqualTo("[]");
  }

  @Test
  void aReminderIsNoBarrier() throws Exception {
    raised(Sighting.of(1));

    pass(Duration.ofSeconds(15));

    assertThat(seat.find("#arrivals")).containsText("Nobody has looked for");
    assertThat(seat.barriers()).isEmpty();
  }

  @Test
  void whatNobodyMayActUponAnyMoreIsNotRemindedOf() throws Exception {
    raised(Sighting.of(1).ago(Duration.ofMinutes(2)));
    heard();

    pass(Duration.ofSeconds(40));

    assertThat(seat.find("#staleness")).containsText("Stale");
    assertThat(heard()).isEqualTo("[]");
  }

  @Test
  void withoutSoundAllIsSilentButTheLossOfTheLink() throws Exception {
    seat.press("m");
    assertThat(seat.find("#sound-words")).hasText("Sound off");
    raised(Sighting.of(1));
    pass(Duration.ofSeconds(20));
    assertThat(seat.find("#arrivals")).containsText("Nobody has looked for");
    assertThat(heard()).isEqualTo("[]");

    board.broker.stop();

    assertThat(seat.find("#link-words")).hasText("Broker not heard");
    seat.page().clock().runFor(1_000);
    seat.page().waitForFunction("() => pitches.length >= 4");
    assertThat(heard()).startsWith("[440, 330, 440, 330");
  }

  @Test
  void theSystemIsAskedForNoticesAtTheButtonAloneAndThenSaysNothingOfAnybody() throws Exception {
    raised(Sighting.of(1).as("missing person", 0.9));
    assertThat(seat.page().evaluate("asked")).isEqualTo(0);
    assertThat(seat.find("#notices-words")).hasText("Notices off");

    seat.page().click("#notices");
    assertThat(seat.find("#notices-words")).hasText("Notices on");
    assertThat(seat.page().evaluate("asked")).isEqualTo(1);
    assertThat(seat.find(".row .new")).hasCount(0);
    seat.page().evaluate("document.hasFocus = () => false");
    van.raises(Sighting.of(2));
    assertThat(seat.find(".row")).hasCount(2);
    pass(Duration.ofSeconds(15));

    assertThat(seat.find("#arrivals")).containsText("unseen for");
    assertThat(seat.list("() => notices").toString())
        .matches(
            "\\[Control room North: A possible match has arrived\\., "
                + "Control room North: 1 alert waits, and nobody has looked at it for [\\dmins ]+\\.(, .*)?]")
        .doesNotContain("S-000");
    seat.page().click("#notices");
    assertThat(seat.find("#notices-words")).hasText("Notices off");
  }
}
