package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;
import org.sightline.edge.testing.SampleCategories;

/** What an officer sees and hears of the category, and how alerts are ordered by it. */
class CategoriesPageTest {
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

  @AutoClose private static Chromium chromium;
  @AutoClose private static SharedRoom room;
  private static Seat seat;

  @BeforeAll
  static void anOfficerIsLoggedIn(@TempDir Path folder) throws Exception {
    chromium = Chromium.launch();
    DrawnFaces faces = DrawnFaces.in(folder.resolve("faces"), 3);
    room = new SharedRoom(chromium, RunningBoard.in(folder), faces);
    seat = room.seat(RunningBoard.FIRST);
    seat.page().setViewportSize(390, 844);
  }

  @AfterEach
  void everyAlertIsClosed() throws Exception {
    room.clear();
  }

  private Locator rows() {
    return seat.find(".row");
  }

  private Locator more() {
    return seat.find(".row-more:visible");
  }

  @Test
  void whatIsToBeDoneIsShownWithTheColourAndTheWordOfTheCategory() throws Exception {
    room.van.raises(Sighting.of(1).as("wanted for violence", 0.9), SampleCategories.RED);

    assertThat(seat.find("#response-category")).hasText("Red: wanted for violence");
    assertThat(seat.find("#response-urgency")).hasText("Urgency 1 of 9");
    assertThat(seat.find("#response-instruction")).hasText(SampleCategories.RED.instruction());
    assertThat(seat.find("#response-contact")).containsText(SampleCategories.RED.contact());
    assertThat(rows()).containsText("Red: wanted for violence");
    assertThat(seat.barriers()).isEmpty();
    assertThat(seat.page().evaluate("() => document.scrollingElement.scrollWidth")).isEqualTo(390);
  }

  @Test
  void anAlertOfAListWithoutAPolicyIsShownAsBefore() throws Exception {
    room.van.raises(Sighting.of(1).as("court order", 0.9));

    assertThat(seat.find("#alert-title:visible")).hasText("S-0001");
    assertThat(seat.find("#fact-category")).hasText("court order");
    assertThat(seat.find("#response")).isHidden();
  }

  @Test
  void theMostUrgentStandsFirstHoweverLateItComes() throws Exception {
    room.van.raises(Sighting.of(1), SampleCategories.GREEN);
    assertThat(rows()).hasCount(1);
    room.van.raises(Sighting.of(2), SampleCategories.AMBER);
    assertThat(rows()).hasCount(2);
    room.van.raises(Sighting.of(3), SampleCategories.RED);
    assertThat(rows()).hasCount(3);

    assertThat(seat.find(".row-subject")).hasText(new String[] {"S-0003", "S-0002", "S-0001"});
    seat.press("n");
    assertThat(seat.find("#alert-title:visible")).hasText("S-0003");
  }

  @Test
  void whatIsUrgentSoundsSoAndWhatIsSilentDoesNot() throws Exception {
    // A page that has made no sound yet: after one it is quiet for a while.
    seat.loggedInAs(RunningBoard.FIRST);
    seat.page().evaluate(LISTENER);
    seat.page().click("#list-title");
    assertThat(seat.find("#sound-words")).hasText("Sound on");
    room.van.raises(Sighting.of(1), SampleCategories.GREEN);
    assertThat(rows()).hasCount(1);
    room.van.raises(Sighting.of(2), SampleCategories.RED);
    assertThat(rows()).hasCount(2);

    assertThat(seat.list("() => pitches").toString()).startsWith("[784, 988, 1175");
  }

  @Test
  void alertsOfOneSubjectAreOneGroupThatOpensByKeyAndByClick() throws Exception {
    room.van.raises(Sighting.of(1).ago(Duration.ofSeconds(20)), SampleCategories.AMBER);
    assertThat(rows()).hasCount(1);
    room.van.raises(Sighting.of(2).ago(Duration.ofSeconds(10)), SampleCategories.AMBER);
    assertThat(rows()).hasCount(2);
    seat.press("n");
    assertThat(seat.find("#alert-title:visible")).hasText("S-0002");
    room.van.raises(Sighting.of(1).by("mast-2", "Station Square"), SampleCategories.AMBER);

    assertThat(more()).hasText("2 alerts of this subject, 1 new – show all");
    assertThat(rows()).hasCount(2);
    assertThat(rows().filter(new Locator.FilterOptions().setHasText("S-0001")))
        .containsText("mast-2");
    assertThat(seat.find("#open-count")).hasText("3");

    more().click();
    assertThat(rows()).hasCount(3);
    assertThat(seat.barriers()).isEmpty();
    more().click();
    assertThat(rows()).hasCount(2);

    seat.press("j");
    assertThat(seat.find("#alert-title:visible")).hasText("S-0001");
    seat.press("ArrowRight");
    assertThat(rows()).hasCount(3);
    seat.press("j", "ArrowLeft");
    assertThat(rows()).hasCount(2);
    assertThat(rows().filter(new Locator.FilterOptions().setHasText("S-0001")))
        .hasAttribute("aria-current", "true");
  }

  @Test
  void theButtonFoldsAGroupOfWhichAnotherThanTheNewestIsLookedAt() throws Exception {
    room.van.raises(Sighting.of(1).ago(Duration.ofSeconds(20)), SampleCategories.AMBER);
    assertThat(seat.find("#where:visible")).containsText("mast-1");
    room.van.raises(Sighting.of(1).by("mast-2", "Station Square"), SampleCategories.AMBER);
    assertThat(more()).hasText("2 alerts of this subject – fold and show the newest");
    assertThat(seat.find("#where")).containsText("mast-1");

    more().click();

    assertThat(seat.find("#where")).containsText("mast-2");
    assertThat(rows()).hasCount(1);
    assertThat(more()).hasAttribute("aria-expanded", "false");
  }

  @Test
  void theFaceThatWasSeenStandsInTheList() throws Exception {
    room.van.raises(Sighting.of(1), SampleCategories.AMBER);

    assertThat(seat.find(".row-face img")).hasCount(1);
    seat.page().waitForFunction("() => document.querySelector('.row-face img').naturalWidth > 0");
  }

  @Test
  void whereTheCategoryAsksForTwoOfficersOneAloneCannotClose() throws Exception {
    room.van.raises(Sighting.of(1), SampleCategories.RED);
    assertThat(seat.find("#alert-title:visible")).hasText("S-0001");

    seat.press("t");
    assertThat(seat.find("#record-words")).hasText("Propose TRUE");
    seat.press("Enter");

    assertThat(seat.find("#judgement-title")).containsText("You said TRUE");
    assertThat(rows()).hasCount(1);
  }
}
