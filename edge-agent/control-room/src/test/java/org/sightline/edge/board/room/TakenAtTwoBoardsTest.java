package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.Alerts;

/** Officers in the street who log in at two boards of one control room. */
class TakenAtTwoBoardsTest {
  private static final Judge DESK = new Judge(Actor.officer("desk"), false);
  private static final Actor FIRST = Actor.officer("street-1");
  private static final Actor SECOND = Actor.officer("street-2");

  @AutoClose private TwoRooms rooms;
  private ControlRoom north;
  private ControlRoom south;
  private UUID alert;

  @BeforeEach
  void anAlertIsJudgedTrueAtBoth(@TempDir Path folder) throws Exception {
    rooms = new TwoRooms(folder);
    north = rooms.north;
    south = rooms.south;
    alert = rooms.arrives(Alerts.about("S-1"), north, south);
    for (ControlRoom room : List.of(north, south)) {
      room.judge(alert, Outcome.TRUE, DESK);
    }
    rooms.exchange();
  }

  private void assertIsOf(Actor officer) {
    for (ControlRoom room : List.of(north, south)) {
      for (Actor each : List.of(FIRST, SECOND)) {
        assertThat(room.isTakenBy(alert, each)).isEqualTo(each.equals(officer));
      }
    }
  }

  @Test
  void whatIsTakenAtOneBoardIsTakenAtTheOther() {
    north.take(alert, FIRST);
    rooms.exchange();

    assertThat(south.take(alert, SECOND)).isFalse();
    assertThat(south.inStreet(SECOND)).isEmpty();
    assertIsOf(FIRST);
  }

  @Test
  void whatAnOfficerGivesBackIsFreeAtBoth() {
    north.take(alert, FIRST);
    rooms.exchange();
    north.turnBack(alert, FIRST);
    rooms.exchange();

    assertThat(south.take(alert, SECOND)).isTrue();
  }

  @Test
  void ofTwoWhoTakeItAtOnceTheOneWhoseNumberComesFirstHasItAtBoth() {
    north.take(alert, SECOND);
    south.take(alert, FIRST);
    rooms.exchange();

    assertIsOf(FIRST);
  }

  @Test
  void whoHasSomebodyStoppedKeepsIt() {
    north.take(alert, SECOND);
    north.stopped(alert, SECOND);
    south.take(alert, FIRST);
    rooms.exchange();

    assertIsOf(SECOND);
  }

  private void bothStopSomebodyWhileTheBoardsDoNotHearEachOther() {
    rooms.connected = false;
    north.take(alert, SECOND);
    north.stopped(alert, SECOND);
    south.take(alert, FIRST);
    south.stopped(alert, FIRST);
    rooms.exchange();
    rooms.connected = true;
  }

  @Test
  void ofTwoWhoHaveBothStoppedSomebodyTheOneWhoseNumberComesFirstHasItAtBoth() {
    bothStopSomebodyWhileTheBoardsDoNotHearEachOther();

    rooms.pass(TakenElsewhere.LASTS);

    assertIsOf(FIRST);
  }

  private static StreetEntry stoppedForThreeMinutes() {
    Engagement found = Engagement.stopped(Outcome.FALSE, Engagement.Action.NO_ACTION, 3);
    return new StreetEntry(found, null, false, null, null, null);
  }

  @Test
  void whoStoppedSomebodyAndYieldsStatesWhatBecameOfIt() {
    bothStopSomebodyWhileTheBoardsDoNotHearEachOther();
    rooms.pass(TakenElsewhere.LASTS);

    assertThat(north.inStreet(SECOND))
        .singleElement()
        .satisfies(shown -> assertThat(shown.engaged().yieldedBy(SECOND)).isPresent());
    assertThat(north.streetMatch(alert, SECOND)).isNull();
    assertThat(north.engage(alert, stoppedForThreeMinutes(), new Judge(SECOND, false))).isEmpty();
  }

  @Test
  void itIsNotShownAnyMoreToWhoYieldedOnceTheOtherHasStatedIt() {
    bothStopSomebodyWhileTheBoardsDoNotHearEachOther();
    rooms.pass(TakenElsewhere.LASTS);
    south.engage(alert, stoppedForThreeMinutes(), new Judge(FIRST, false));
    south
        .statements(alert)
        .forEach(statement -> north.outcome(Alerts.VAN, statement.sign(rooms.keys)));

    assertThat(north.inStreet(SECOND)).isEmpty();
    assertThat(north.engage(alert, stoppedForThreeMinutes(), new Judge(SECOND, false)))
        .hasValue("changed");
  }

  @Test
  void whoYieldedWithNobodyStoppedStatesNothing() {
    north.take(alert, SECOND);
    south.take(alert, FIRST);
    rooms.exchange();

    assertThat(north.inStreet(SECOND)).isEmpty();
    assertThat(north.engage(alert, stoppedForThreeMinutes(), new Judge(SECOND, false)))
        .hasValue("not-theirs");
  }

  @Test
  void boardsThatHaveFoundWhoHasItAreSilent() {
    bothStopSomebodyWhileTheBoardsDoNotHearEachOther();
    rooms.pass(TakenElsewhere.LASTS);

    rooms.exchange();

    assertThat(north.exchange().unsent()).isEmpty();
    assertThat(south.exchange().unsent()).isEmpty();
  }

  @Test
  void itStaysWithWhoHasStatedWhatBecameOfIt() {
    bothStopSomebodyWhileTheBoardsDoNotHearEachOther();
    Engagement found = Engagement.stopped(Outcome.FALSE, Engagement.Action.NO_ACTION, 3);
    StreetEntry entry = new StreetEntry(found, null, false, null, null, null);
    assertThat(north.engage(alert, entry, new Judge(SECOND, false))).isEmpty();

    rooms.pass(Duration.ofSeconds(10));

    assertThat(north.isTakenBy(alert, SECOND)).isTrue();
  }

  @Test
  void anOfficerTurnsBackAtAnotherBoardThanTheyTookItAt() {
    north.take(alert, FIRST);
    rooms.exchange();

    assertThat(south.turnBack(alert, FIRST)).isTrue();
    rooms.pass(Duration.ofSeconds(20));

    assertThat(north.take(alert, SECOND)).isTrue();
  }

  @Test
  void anOfficerStopsSomebodyAtAnotherBoardThanTheyTookItAt() {
    north.take(alert, SECOND);
    rooms.exchange();

    assertThat(south.stopped(alert, SECOND)).isTrue();
    rooms.exchange();

    assertThat(north.turnBack(alert, SECOND)).isFalse();
  }

  @Test
  void itIsSaidAgainForAsLongAsItIsSo() {
    north.take(alert, FIRST);

    rooms.pass(TakenElsewhere.LASTS.plusSeconds(10));

    assertIsOf(FIRST);
  }

  @Test
  void whatABoardThatIsGoneHadIsFreeAtTheOther() {
    north.take(alert, FIRST);
    rooms.exchange();

    rooms.connected = false;
    rooms.pass(TakenElsewhere.LASTS.plusSeconds(1));

    assertThat(south.take(alert, SECOND)).isTrue();
  }

  private void theOtherBoardDies() {
    rooms.connected = false;
    rooms.pass(TakenElsewhere.LASTS.plusSeconds(1));
  }

  @Test
  void whoYieldedGoesAgainWhenTheOtherBoardIsGone() {
    north.take(alert, SECOND);
    south.take(alert, FIRST);
    rooms.exchange();
    rooms.clock.shift(AlertTerms.DEFAULT.staleAfter());
    rooms.pass(Duration.ofSeconds(5));
    assertThat(north.inStreet(SECOND)).isEmpty();

    theOtherBoardDies();

    assertThat(north.inStreet(SECOND)).singleElement().matches(ControlRoom.InStreet::open);
    assertThat(north.inStreet(FIRST)).isEmpty();
    assertThat(north.take(alert, SECOND)).isTrue();
  }

  @Test
  void whoYieldedWithSomebodyStoppedStillHasThemStoppedWhenTheyGoAgain() {
    bothStopSomebodyWhileTheBoardsDoNotHearEachOther();
    Instant stopped = rooms.clock.instant();
    rooms.pass(TakenElsewhere.LASTS);

    theOtherBoardDies();

    assertThat(north.take(alert, SECOND)).isTrue();
    assertThat(north.inStreet(SECOND))
        .singleElement()
        .satisfies(
            shown ->
                assertThat(shown.engaged().stoppedAt())
                    .isBetween(stopped.minusSeconds(1), stopped.plusSeconds(1)));
  }

  @Test
  void aDeskOfAnotherBoardStatesNothingOfIt() {
    north.take(alert, FIRST);
    rooms.exchange();
    Engagement found = Engagement.stopped(Outcome.FALSE, Engagement.Action.NO_ACTION, 3);

    assertThat(south.engage(alert, new StreetEntry(found, null, false, null, null, null), DESK))
        .hasValue("not-theirs");
  }

  @Test
  void noPictureIsKeptForAnOfficerOfAnotherBoard() {
    south.hasStreet(() -> true);
    north.take(alert, FIRST);
    rooms.exchange();

    rooms.pass(Duration.ofSeconds(70));

    assertThat(south.inStreet(FIRST)).noneMatch(ControlRoom.InStreet::open);
  }
}
