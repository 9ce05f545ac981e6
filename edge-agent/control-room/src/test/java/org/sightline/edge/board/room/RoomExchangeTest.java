package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.room.Exchanged.Presence;
import org.sightline.edge.board.room.Exchanged.Presence.Act;
import org.sightline.edge.board.room.Exchanged.Proposal;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.AsyncApi;
import org.sightline.edge.publish.RoomTopic;
import org.sightline.edge.testing.SteppedClock;

/** What boards say to each other, and what is not taken for it. */
class RoomExchangeTest {
  private static final Actor OFFICER = Actor.officer("1234");

  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private final RoomExchange north = new RoomExchange(keys, "north", clock);
  private final RoomExchange south = new RoomExchange(keys, "south", clock);
  private final List<Exchanged> heard = new ArrayList<>();
  private final Proposal proposal = proposal(Outcome.TRUE);

  private static Proposal proposal(Outcome outcome) {
    return new Proposal(new UUID(1, 1), new Finding(outcome, OFFICER, Instant.EPOCH));
  }

  private static byte[] said(RoomExchange board, Exchanged what) {
    board.say(what);
    return board.unsent().get(0).content();
  }

  private boolean hears(RoomTopic topic, byte[] message) {
    return south.heard(topic, message, heard::add);
  }

  @Test
  void whatOneBoardSaysAnotherHears() {
    Presence presence =
        new Presence(new UUID(1, 2), OFFICER, Act.HANDS_OVER, Actor.officer("7"), 1);

    assertThat(hears(RoomTopic.PROPOSALS, said(north, proposal))).isTrue();
    assertThat(hears(RoomTopic.PRESENCE, said(north, presence))).isTrue();

    assertThat(heard).containsExactly(proposal, presence);
  }

  @Test
  void aBoardHearsNothingFromItself() {
    assertThat(hears(RoomTopic.PROPOSALS, said(south, proposal))).isTrue();

    assertThat(heard).isEmpty();
  }

  @Test
  void aMessageCountsOnce() {
    byte[] message = said(north, proposal);
    hears(RoomTopic.PROPOSALS, message);

    assertThat(hears(RoomTopic.PROPOSALS, message)).isFalse();
    assertThat(heard).hasSize(1);
  }

  @Test
  void aMessageThatWasOvertakenDoesNotCount() {
    byte[] before = said(north, proposal);
    hears(RoomTopic.PROPOSALS, said(north, proposal(Outcome.FALSE)));

    assertThat(hears(RoomTopic.PROPOSALS, before)).isFalse();
  }

  @Test
  void anOldMessageDoesNotCount() {
    byte[] message = said(north, proposal);
    clock.shift(RoomExchange.FRESH.plusSeconds(1));

    assertThat(hears(RoomTopic.PROPOSALS, message)).isFalse();
  }

  @Test
  void aMessageOfTheFutureDoesNotCount() {
    clock.shift(RoomExchange.FRESH.plusSeconds(1));
    byte[] message = said(north, proposal);
    clock.shift(RoomExchange.FRESH.plusSeconds(1).negated());

    assertThat(hears(RoomTopic.PROPOSALS, message)).isFalse();
  }

  @Test
  void nobodyWithoutTheKeysSaysAnything() {
    ControlRoomKeys others = ControlRoomKeys.generate();
    byte[] content =
        ("{\"board\":\"north\",\"at\":\"" + clock.instant() + "\"}").getBytes(US_ASCII);
    String type = RoomTopic.PROPOSALS.type();

    byte[] forged = keys.identity().seal(others.sign(type, content)).getBytes(US_ASCII);
    byte[] unsealed = keys.sign(type, content);

    assertThat(hears(RoomTopic.PROPOSALS, forged)).isFalse();
    assertThat(hears(RoomTopic.PROPOSALS, unsealed)).isFalse();
    assertThat(hears(RoomTopic.PROPOSALS, said(new RoomExchange(others, "x", clock), proposal)))
        .isFalse();
  }

  @Test
  void whatIsOfOneTopicDoesNotCountOnAnother() {
    assertThat(hears(RoomTopic.PRESENCE, said(north, proposal))).isFalse();
  }

  @Test
  void nobodyElseReadsWhoDoesWhat() {
    assertThat(new String(said(north, proposal), US_ASCII)).doesNotContain("1234", "north", "TRUE");
  }

  @Test
  void aMessageIsAsTheContractSays() {
    String form =
        AsyncApi.published().at("#/components/messages/exchanged/payload/pattern").stringValue();

    assertThat(new String(said(north, proposal), US_ASCII)).matches(form);
  }

  @Test
  void aMessageIsNoLongerThanItMayBe() {
    Actor longest = Actor.officer("o".repeat(64));

    assertThat(said(north, new Presence(UUID.randomUUID(), longest, Act.HANDS_OVER, longest, 9)))
        .hasSizeLessThanOrEqualTo(RoomTopic.MAX_SIZE_BYTES);
  }

  @Test
  void ofWhatWaitsTheLastCounts() {
    north.say(proposal);
    north.say(proposal(Outcome.FALSE));

    for (RoomExchange.Message message : north.unsent()) {
      hears(message.topic(), message.content());
    }

    assertThat(heard).containsExactly(proposal(Outcome.FALSE));
  }

  @Test
  void whatWaitsIsBounded() {
    for (int i = 0; i < 1500; i++) {
      north.say(new Presence(new UUID(0, i), OFFICER, Act.LOOKS, null, 0));
    }

    assertThat(north.unsent()).hasSize(1000);
    assertThat(north.unsent()).isEmpty();
  }
}
