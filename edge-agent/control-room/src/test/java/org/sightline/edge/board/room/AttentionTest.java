package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.testing.SteppedClock;

/** Who attends to an alert, as two boards of a control room have it. */
class AttentionTest {
  private static final UUID ALERT = new UUID(1, 2);
  private static final UUID OTHER = new UUID(3, 4);
  private static final UUID PAGE = new UUID(5, 6);
  private static final Actor FIRST = Actor.officer("1234");
  private static final Actor SECOND = Actor.officer("5678");
  private static final Actor THIRD = Actor.officer("9");

  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  private final Side north = new Side("0".repeat(32));
  private final Side south = new Side("1".repeat(32));

  /** A board, and what its pages are sent. */
  private final class Side {
    final RoomExchange exchange;
    final Attention attention;
    final List<Attended> changes = new ArrayList<>();

    Side(String name) {
      exchange = new RoomExchange(keys, name, clock);
      attention = new Attention(exchange, clock, changes::add);
    }

    void looks(Actor officer, UUID alert) {
      attention.looks(officer, PAGE, alert);
    }
  }

  /** What either has said comes to the other. */
  private void exchange() {
    List<RoomExchange.Message> toSouth = north.exchange.unsent();
    List<RoomExchange.Message> toNorth = south.exchange.unsent();
    hear(south, toSouth);
    hear(north, toNorth);
  }

  private static void hear(Side side, List<RoomExchange.Message> messages) {
    messages.forEach(
        message ->
            side.exchange.heard(
                message.topic(),
                message.content(),
                said -> side.attention.heard((Exchanged.Presence) said)));
  }

  private void pass(Duration time) {
    clock.shift(time);
    north.attention.tick();
    south.attention.tick();
    exchange();
  }

  private static void assertSame(Side one, Side other) {
    assertThat(one.attention.of(ALERT).claimedBy())
        .isEqualTo(other.attention.of(ALERT).claimedBy());
  }

  @Test
  void whoLooksIsKnownAtBothBoardsAndInOrder() {
    south.looks(SECOND, ALERT);
    north.looks(FIRST, ALERT);
    exchange();

    for (Side side : List.of(north, south)) {
      assertThat(side.attention.of(ALERT).lookers()).containsExactly(FIRST, SECOND);
      assertThat(side.attention.present()).containsExactly(FIRST, SECOND);
    }
  }

  @Test
  void whoLooksAtSomethingElseIsGoneFromTheFirstAtOnce() {
    north.looks(FIRST, ALERT);
    exchange();

    north.looks(FIRST, OTHER);
    exchange();

    assertThat(south.attention.of(ALERT).lookers()).isEmpty();
    assertThat(south.attention.of(OTHER).lookers()).containsExactly(FIRST);
  }

  @Test
  void whoseTwoPagesLookAtTheSameIsThereUntilBothHaveLeft() {
    north.looks(FIRST, ALERT);
    north.attention.looks(FIRST, OTHER, ALERT);

    north.looks(FIRST, null);
    assertThat(north.attention.of(ALERT).lookers()).containsExactly(FIRST);
    north.attention.looks(FIRST, OTHER, null);

    assertThat(north.attention.of(ALERT).lookers()).isEmpty();
  }

  @Test
  void aPageThatSaysNothingMoreIsGoneWithinTenSecondsWithWhatItsOfficerHadClaimed() {
    north.looks(FIRST, ALERT);
    north.attention.claim(ALERT, FIRST, false);
    exchange();
    assertThat(south.attention.of(ALERT).claimedBy()).isEqualTo(FIRST);

    for (int second = 0; second < 10; second++) {
      pass(Duration.ofSeconds(1));
    }

    for (Side side : List.of(north, south)) {
      assertThat(side.attention.of(ALERT)).isEqualTo(new Attended(ALERT, List.of(), null, null));
      assertThat(side.attention.present()).isEmpty();
    }
  }

  @Test
  void aBoardThatSaysNothingMoreIsGoneWithinTenSeconds() {
    north.looks(FIRST, ALERT);
    north.attention.claim(ALERT, FIRST, false);
    exchange();

    clock.shift(Duration.ofSeconds(9));
    south.attention.tick();

    assertThat(south.attention.of(ALERT)).isEqualTo(new Attended(ALERT, List.of(), null, null));
  }

  @Test
  void whatGoesOnBeingSaidLastsForAnHour() {
    north.attention.claim(ALERT, FIRST, false);
    for (int i = 0; i < 1200; i++) {
      north.looks(FIRST, ALERT);
      pass(Duration.ofSeconds(3));
    }

    assertThat(south.attention.of(ALERT).lookers()).containsExactly(FIRST);
    assertThat(south.attention.of(ALERT).claimedBy()).isEqualTo(FIRST);
    assertThat(south.changes).hasSizeLessThan(5);
  }

  @Test
  void nobodyClaimsWhatIsAnothers() {
    north.looks(FIRST, ALERT);
    assertThat(north.attention.claim(ALERT, FIRST, false)).isTrue();
    exchange();

    assertThat(north.attention.claim(ALERT, SECOND, false)).isFalse();
    assertThat(south.attention.claim(ALERT, SECOND, false)).isFalse();
    assertThat(north.attention.claim(ALERT, FIRST, false)).isTrue();
    assertThat(south.attention.release(ALERT, SECOND)).isFalse();
    assertThat(south.attention.of(ALERT).isClaimedByAnother(SECOND)).isTrue();
  }

  @Test
  void ofTwoWhoClaimInTheSameMomentAtTwoBoardsOneHasItAtBoth() {
    north.looks(SECOND, ALERT);
    south.looks(FIRST, ALERT);
    north.attention.claim(ALERT, SECOND, false);
    south.attention.claim(ALERT, FIRST, false);

    exchange();

    assertThat(north.attention.of(ALERT).claimedBy()).isEqualTo(FIRST);
    assertThat(south.attention.of(ALERT).claimedBy()).isEqualTo(FIRST);
    pass(Duration.ofSeconds(3));
    assertThat(north.attention.of(ALERT).claimedBy()).isEqualTo(FIRST);
  }

  @Test
  void whoYieldedAClaimHasItAgainWhenTheOtherBoardIsGone() {
    north.looks(SECOND, ALERT);
    south.looks(FIRST, ALERT);
    north.attention.claim(ALERT, SECOND, false);
    south.attention.claim(ALERT, FIRST, false);
    exchange();

    clock.shift(Attention.LASTS);
    north.looks(SECOND, ALERT);
    north.attention.tick();

    assertThat(north.attention.claim(ALERT, SECOND, false)).isTrue();
  }

  @Test
  void whoTakesOverHasItAtBothBoardsThoughTheOthersBoardRepeatsItself() {
    north.looks(FIRST, ALERT);
    south.looks(SECOND, ALERT);
    north.attention.claim(ALERT, FIRST, false);
    exchange();
    north.attention.tick(); // Says the claim again, before it hears what follows.

    assertThat(south.attention.claim(ALERT, SECOND, true)).isTrue();
    exchange();

    assertThat(south.attention.of(ALERT).claimedBy()).isEqualTo(SECOND);
    assertSame(north, south);
    assertThat(north.attention.of(ALERT).from()).isEqualTo(FIRST);
    pass(Duration.ofSeconds(3));
    assertThat(north.attention.of(ALERT).claimedBy()).isEqualTo(SECOND);
  }

  @Test
  void aTakeOverThatTheOtherBoardDidNotHearIsHeardAfterwards() {
    north.looks(FIRST, ALERT);
    south.looks(SECOND, ALERT);
    north.attention.claim(ALERT, FIRST, false);
    exchange();
    south.attention.claim(ALERT, SECOND, true);
    south.exchange.unsent();

    pass(Duration.ofSeconds(3));

    assertThat(north.attention.of(ALERT).claimedBy()).isEqualTo(SECOND);
    assertSame(north, south);
  }

  @Test
  void whatIsHandedOverIsTheOthersForAsLongAsTheyAreThere() {
    north.looks(FIRST, ALERT);
    south.looks(SECOND, OTHER);
    exchange();
    north.attention.claim(ALERT, FIRST, false);

    assertThat(north.attention.handOver(ALERT, SECOND, FIRST)).as("not theirs").isFalse();
    assertThat(north.attention.handOver(ALERT, FIRST, THIRD)).as("not there").isFalse();
    assertThat(north.attention.handOver(ALERT, FIRST, SECOND)).isTrue();
    exchange();
    assertThat(south.attention.of(ALERT).claimedBy()).isEqualTo(SECOND);

    for (int i = 0; i < 5; i++) {
      south.looks(SECOND, OTHER);
      pass(Duration.ofSeconds(3));
    }
    assertThat(north.attention.of(ALERT).claimedBy()).isEqualTo(SECOND);
    for (int i = 0; i < 4; i++) {
      pass(Duration.ofSeconds(3));
    }
    assertThat(north.attention.of(ALERT).claimedBy()).isNull();
  }

  @Test
  void whatWasReleasedOrJudgedIsNobodysAtBothBoards() {
    north.looks(FIRST, ALERT);
    north.attention.claim(ALERT, FIRST, false);
    exchange();
    north.attention.release(ALERT, FIRST);
    exchange();
    assertThat(south.attention.of(ALERT).claimedBy()).isNull();

    north.attention.claim(ALERT, FIRST, false);
    exchange();
    north.attention.over(ALERT);
    exchange();

    assertThat(south.attention.of(ALERT).claimedBy()).isNull();
    assertSame(north, south);
  }
}
