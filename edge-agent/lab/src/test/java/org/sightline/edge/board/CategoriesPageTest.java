package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
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
    faces = DrawnFaces.in(shared.resolve("faces"), 3);
  }

  @BeforeEach
  void anOfficerIsLoggedInWithSound() throws Exception {
    board = RunningBoard.in(folder, chromium.port());
    fleet = new Fleet(board, faces);
    van = fleet.van("van-7").announces(0);
    seat = chromium.seat(board);
    seat.page().setViewportSize(390, 844);
    seat.loggedInAs(RunningBoard.FIRST);
    seat.page().evaluate(LISTENER);
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

  private Locator rows() {
    return seat.find(".row");
  }

  private Locator more() {
    return seat.find(".row-more:visible");
  }

  @Test
  void whatIsToBeDoneIsShownWithTheColourAndTheWordOfTheCategory() throws Exception {
    van.raises(Sighting.of(1).as("wanted for violence", 0.9), SampleCategories.RED);

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
    van.raises(Sighting.of(1).as("court order", 0.9));

    assertThat(seat.find("#fact-category")).hasText("court order");
    assertThat(seat.find("#response")).isHidden();
  }

  @Test
  void theMostUrgentStandsFirstHoweverLateItComes() throws Exception {
    van.raises(Sighting.of(1), SampleCategories.GREEN);
    assertThat(rows()).hasCount(1);
    van.raises(Sighting.of(2), SampleCategories.AMBER);
    assertThat(rows()).hasCount(2);
    van.raises(Sighting.of(3), SampleCategories.RED);
    assertThat(rows()).hasCount(3);

    assertThat(seat.find(".row-subject")).hasText(new String[] {"S-0003", "S-0002", "S-0001"});
    seat.press("n");
    assertThat(seat.find("#alert-title")).hasText("S-0003");
  }

  @Test
  void whatIsUrgentSoundsSoAndWhatIsSilentDoesNot() throws Exception {
    van.raises(Sighting.of(1), SampleCategories.GREEN);
    assertThat(rows()).hasCount(1);
    van.raises(Sighting.of(2), SampleCategories.RED);
    assertThat(rows()).hasCount(2);

    assertThat(seat.list("() => pitches").toString()).startsWith("[784, 988, 1175");
  }

  @Test
  void alertsOfOneSubjectAreOneGroupThatOpensByKeyAndByClick() throws Exception {
    van.raises(Sighting.of(1).ago(Duration.ofSeconds(20)), SampleCategories.AMBER);
    assertThat(rows()).hasCount(1);
    van.raises(Sighting.of(2).ago(Duration.ofSeconds(10)), SampleCategories.AMBER);
    assertThat(rows()).hasCount(2);
    seat.press("n");
    assertThat(seat.find("#alert-title")).hasText("S-0002");
    van.raises(Sighting.of(1).by("mast-2", "Station Square"), SampleCategories.AMBER);

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
    assertThat(seat.find("#alert-title")).hasText("S-0001");
    seat.press("ArrowRight");
    assertThat(rows()).hasCount(3);
    seat.press("j", "ArrowLeft");
    assertThat(rows()).hasCount(2);
    assertThat(rows().filter(new Locator.FilterOptions().setHasText("S-0001")))
        .hasAttribute("aria-current", "true");
  }

  @Test
  void theButtonFoldsAGroupOfWhichAnotherThanTheNewestIsLookedAt() throws Exception {
    van.raises(Sighting.of(1).ago(Duration.ofSeconds(20)), SampleCategories.AMBER);
    assertThat(seat.find("#where")).containsText("mast-1");
    van.raises(Sighting.of(1).by("mast-2", "Station Square"), SampleCategories.AMBER);
    assertThat(more()).hasText("2 alerts of this subject – fold and show the newest");
    assertThat(seat.find("#where")).containsText("mast-1");

    more().click();

    assertThat(seat.find("#where")).containsText("mast-2");
    assertThat(rows()).hasCount(1);
    assertThat(more()).hasAttribute("aria-expanded", "false");
  }

  @Test
  void theFaceThatWasSeenStandsInTheList() throws Exception {
    van.raises(Sighting.of(1), SampleCategories.AMBER);

    assertThat(seat.find(".row-face img")).hasCount(1);
    seat.page().waitForFunction("() => document.querySelector('.row-face img').naturalWidth > 0");
  }

  @Test
  void whereTheCategoryAsksForTwoOfficersOneAloneCannotClose() throws Exception {
    van.raises(Sighting.of(1), SampleCategories.RED);
    assertThat(seat.find("#alert-title")).hasText("S-0001");

    seat.press("t");
    assertThat(seat.find("#record-words")).hasText("Propose TRUE");
    seat.press("Enter");

    assertThat(seat.find("#judgement-title")).containsText("You said TRUE");
    assertThat(rows()).hasCount(1);
  }
}
