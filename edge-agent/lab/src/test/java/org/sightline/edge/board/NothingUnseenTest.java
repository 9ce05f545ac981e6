package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;

/** Nobody records an outcome of what they have not seen, and nobody is misled about what counts. */
class NothingUnseenTest {
  /** Presses T, then Enter, in the very moment in which the page changes. */
  private static final String QUICK_HAND =
      """
      () => {
        const press = (key) => (document.activeElement ?? document.body)
          .dispatchEvent(new KeyboardEvent("keydown", {key, bubbles: true, cancelable: true}));
        const observer = new MutationObserver(() => {
          observer.disconnect();
          press("t");
          window.chosenAtOnce = !document.getElementById("confirmation").hidden;
          document.getElementById("record").click();
        });
        observer.observe(document.querySelector("main"), {subtree: true, childList: true, attributes: true});
      }
      """;

  @AutoClose private static Chromium chromium;
  @AutoClose private static SharedRoom room;
  private static Seat seat;

  @BeforeAll
  static void anOfficerIsLoggedIn(@TempDir Path folder) throws Exception {
    chromium = Chromium.launch();
    DrawnFaces faces = DrawnFaces.in(folder.resolve("faces"), 2);
    room = new SharedRoom(chromium, RunningBoard.in(folder), faces);
    seat = room.seat(RunningBoard.FIRST);
  }

  @AfterEach
  void everyAlertIsClosed() throws Exception {
    room.clear();
  }

  private UUID shown(int person) throws Exception {
    return room.shown(Sighting.of(person));
  }

  private void anotherOfficerJudges(UUID alert, String outcome) throws Exception {
    assertThat(room.board.officer(RunningBoard.SECOND).judges(alert, outcome).statusCode())
        .isEqualTo(200);
  }

  private List<?> stillOpen() {
    return seat.list(
        "() => [...document.querySelectorAll('.row-subject')].map(e => e.textContent)");
  }

  @Test
  void noOtherAlertTakesThePlaceOfOneThatAnotherOfficerHasClosed() throws Exception {
    UUID alert = shown(1);
    anotherOfficerJudges(alert, "true");
    assertThat(seat.find("#empty-title")).hasText("Recorded: TRUE");

    room.van.raises(Sighting.of(2));
    assertThat(seat.find(".row")).hasCount(1);
    seat.press("t", "Enter");

    assertThat(seat.find("#empty-title")).hasText("Recorded: TRUE");
    assertThat(seat.find("#next-words")).containsText("Next: S-0002");
    assertThat(stillOpen()).isEqualTo(List.of("S-0002"));
    seat.press("Escape");
    assertThat(seat.find("#alert-title")).hasText("S-0002");
  }

  @Test
  void aKeyInTheMomentInWhichAnAlertAppearsChoosesNothing() throws Exception {
    seat.page().evaluate(QUICK_HAND);

    shown(1);
    seat.press("?");

    assertThat(seat.page().evaluate("chosenAtOnce")).isEqualTo(false);
    assertThat(seat.find("#confirmation")).isHidden();
  }

  @Test
  void nothingIsChosenBeforeBothPicturesAreThere() throws Exception {
    AtomicReference<Route> held = new AtomicReference<>();
    seat.page().route("**/portrait", held::set);
    shown(1);
    assertThat(seat.find("#judgement-hint")).hasText("Wait: the pictures are not there yet.");

    seat.page().keyboard().press("t");
    for (String outcome : List.of("true", "false", "unresolved")) {
      assertThat(seat.find("button[data-outcome=" + outcome + "]")).isDisabled();
    }
    assertThat(seat.find("#confirmation")).isHidden();

    held.get().resume();
    seat.press("t");
    assertThat(seat.find("#record-words")).hasText("Record TRUE");
  }

  @Test
  void withoutAPictureItCanOnlyBeUnresolved() throws Exception {
    seat.page().route("**/probe", route -> route.abort());

    shown(1);

    assertThat(seat.find("#judgement-hint")).containsText("A picture could not be loaded");
    assertThat(seat.find("button[data-outcome=true]")).isDisabled();
    assertThat(seat.find("button[data-outcome=false]")).isDisabled();
    assertThat(seat.find("button[data-outcome=unresolved]")).isEnabled();
    seat.complaints().clear();
  }

  @Test
  void whoIsSecondIsShownWhoseOutcomeStands() throws Exception {
    UUID alert = shown(1);
    seat.page()
        .route(
            "**/outcome",
            route -> {
              judgedMeanwhile(alert);
              route.resume();
            });

    seat.press("f", "Enter");

    assertThat(seat.find("#empty-title")).hasText("Not recorded");
    assertThat(seat.find("#empty-words"))
        .containsText("Your FALSE was not recorded: another officer was first, and that stands.");
    assertThat(seat.find("#empty-words")).containsText("by officer sergeant-7");
    assertThat(seat.find("#empty .cross")).isVisible();
    assertThat(seat.find("#closed"))
        .containsText("Officer 1234 said FALSE, too late: not recorded");
    assertThat(seat.barriers()).isEmpty();
    seat.complaints().clear();
  }

  private void judgedMeanwhile(UUID alert) {
    try {
      anotherOfficerJudges(alert, "true");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whoHadOnlyChosenIsShownThatItCameToNothing() throws Exception {
    UUID alert = shown(1);
    seat.press("f");
    assertThat(seat.find("#record-words")).hasText("Record FALSE");

    anotherOfficerJudges(alert, "true");

    assertThat(seat.find("#empty-title")).hasText("Not recorded");
    assertThat(seat.find("#empty-words")).containsText("Your FALSE was not recorded");
    assertThat(seat.find("#empty-words")).not().containsText("is kept in the board’s log");
  }

  @Test
  void whoRecordsAndIsFirstIsShownNothingOfTheKind() throws Exception {
    shown(1);

    seat.press("f", "Enter");

    assertThat(seat.find("#empty-title")).hasText("Recorded: FALSE");
    Page page = seat.page();
    assertThat(page.locator("#empty .tick")).isVisible();
  }
}
