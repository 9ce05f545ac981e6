package org.sightline.edge.board;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.board.room.Desks;
import tools.jackson.databind.JsonNode;

/** A first desk and its second, on one broker, in a real browser. */
class TwoDesksTest {
  private static final Duration AFTER = Duration.ofSeconds(20);

  @AutoClose private static Chromium chromium;

  @AutoClose private RunningBoard north;
  @AutoClose private RunningBoard south;

  @BeforeAll
  static void launch() {
    chromium = Chromium.launch();
  }

  @BeforeEach
  void start(@TempDir Path here, @TempDir Path there) throws Exception {
    north = RunningBoard.in(here);
    south = north.beside(there);
    south.is(new Desks("south", null, AFTER));
    north.is(new Desks("north", "south", AFTER));
  }

  private static boolean isAt(JsonNode desks, UUID alert, String state) {
    return desks
        .required("alerts")
        .valueStream()
        .anyMatch(
            each ->
                each.required("id").stringValue().equals(alert.toString())
                    && each.required("state").stringValue().equals(state));
  }

  @Test
  void aClaimAtTheSecondDeskIsKnownAtTheFirst() throws Exception {
    Officer first = north.officer();
    Officer second = south.officer(RunningBoard.SECOND);
    try (Events atFirst = first.watch();
        Events atSecond = second.watch()) {
      UUID alert = north.alert("S-1");
      north.clock.shift(AFTER);
      atFirst.next("desks", desks -> isAt(desks, alert, "there"));
      atSecond.next("desks", desks -> isAt(desks, alert, "here"));

      second.looks(UUID.randomUUID(), alert);
      second.claims(alert, false);

      JsonNode claimed = atFirst.next("attended", attended -> attended.has("claimedBy"));
      assertThat(claimed.required("claimedBy").stringValue()).isEqualTo(RunningBoard.SECOND);
      atFirst.next("desks", desks -> desks.required("alerts").isEmpty());
    }
  }

  @Test
  void theSecondDeskShowsWhatCameFromTheFirstAndTheFirstThatItIsThere() throws Exception {
    north.alert("S-1");
    try (Seat first = chromium.seat(north).loggedInAs(RunningBoard.FIRST);
        Seat second = chromium.seat(south).loggedInAs(RunningBoard.SECOND)) {
      assertThat(first.find("#readiness-parts")).containsText("second desk south");

      north.clock.shift(AFTER);

      assertThat(first.find("#escalated-words")).containsText("Desk south has had it before it");
      assertThat(second.find("#escalated-words")).containsText("Desk north has escalated it");
      assertThat(second.find("#rows .row-tags")).containsText("Escalated by north");
      assertThat(second.barriers()).isEmpty();
    }
  }

  @Test
  void aFirstDeskWithoutItsSecondSaysSoInRed() throws Exception {
    south.stop();
    north.alert("S-1");
    try (Seat first = chromium.seat(north).loggedInAs(RunningBoard.FIRST)) {
      north.clock.shift(AFTER);

      assertThat(first.find("#second-lost")).containsText("NOT at desk south");
      assertThat(first.find("#rows .row-tags")).containsText("Not escalated");
      assertThat(first.barriers()).isEmpty();
    } finally {
      south.start();
    }
  }
}
