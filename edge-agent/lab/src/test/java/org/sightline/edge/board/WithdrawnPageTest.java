package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.SendingVan.Sighting;

/** What an officer sees of an alert whose subject was taken off the list. */
class WithdrawnPageTest {
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
  void anOfficerIsLoggedIn() throws Exception {
    board = RunningBoard.in(folder, chromium.port());
    fleet = new Fleet(board, faces);
    van = fleet.van("van-7").announces(0);
    seat = chromium.seat(board, new NewContextOptions());
    seat.loggedInAs(RunningBoard.FIRST);
  }

  @AfterEach
  void close() throws Exception {
    seat.close();
    fleet.close();
    board.close();
    assertThat(seat.complaints()).isEmpty();
  }

  @Test
  void itIsLoudAndNoLongerJudgedTrue() throws Exception {
    UUID alert = van.raises(Sighting.of(1));
    assertThat(seat.find("#outcomes [data-outcome=true]")).isEnabled();
    assertThat(seat.find("#withdrawn")).isHidden();

    van.withdraws(alert);

    assertThat(seat.find("#withdrawn")).containsText("Withdrawn: do not stop.");
    assertThat(seat.find(".row")).containsText("Withdrawn: do not stop");
    assertThat(seat.find("#note-words")).containsText("WITHDRAWN, DO NOT STOP");
    assertThat(seat.find("#outcomes [data-outcome=true]")).isDisabled();
    assertThat(seat.find("#outcomes [data-outcome=false]")).isEnabled();
    assertThat(seat.barriers()).isEmpty();
  }
}
