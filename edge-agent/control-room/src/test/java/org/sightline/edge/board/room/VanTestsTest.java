package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.testing.SteppedClock;

/** What is said of the test alert of a van, from the press of the button to its arrival. */
class VanTestsTest {
  private static final VanId VAN = new VanId("van-1");
  private static final Actor OFFICER = Actor.officer("1234");

  private final SteppedClock clock = new SteppedClock(Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
  private final Vans vans = new Vans("room");
  private final VanTests tests =
      new VanTests(vans, van -> Optional.of(clock.instant()), clock, van -> {});

  @BeforeEach
  void itIsOnline() {
    says("online");
  }

  private void says(String state) {
    byte[] status =
        "{\"van\":\"%s\",\"state\":\"%s\",\"answersTests\":true}"
            .formatted(VAN, state)
            .getBytes(UTF_8);
    assertThat(vans.status(VAN, status, false, null, clock.instant())).isPresent();
  }

  private VanTest test() {
    return vans.find(VAN).orElseThrow().test();
  }

  private void pass(int seconds) {
    clock.shift(Duration.ofSeconds(seconds));
    tests.tick();
  }

  private TestRequest isPublished() {
    TestRequest request = tests.unsent().get(0);
    tests.publishing(request);
    tests.sent(request);
    return request;
  }

  @Test
  void aRequestThatTheBrokerDoesNotTakeIsCalledNotSentAndNotUnanswered() {
    tests.ask(OFFICER);
    tests.publishing(tests.unsent().get(0)); // Which fails.

    pass(10);

    assertThat(test().state()).isEqualTo(VanTest.State.NOT_SENT);
    assertThat(tests.unsent()).isEmpty();
  }

  @Test
  void aRequestThatIsNotSentAtOnceIsSentWhenTheBrokerTakesIt() {
    tests.ask(OFFICER);
    tests.publishing(tests.unsent().get(0)); // Which fails.
    pass(5);

    isPublished();

    assertThat(tests.unsent()).isEmpty();
    assertThat(test()).isEqualTo(new VanTest(VanTest.State.ASKED, clock.instant(), null));
  }

  @Test
  void itIsMissedFromThePublicationOnAndNotFromThePressOfTheButton() {
    tests.ask(OFFICER);
    pass(8);
    isPublished();

    pass(8);
    assertThat(test().state()).isEqualTo(VanTest.State.ASKED);
    pass(2);
    assertThat(test())
        .isEqualTo(
            new VanTest(
                VanTest.State.MISSING, clock.instant().minus(Duration.ofSeconds(10)), null));
  }

  @Test
  void howLongItTookCountsFromThePublicationOn() {
    tests.ask(OFFICER);
    pass(6);
    TestRequest request = isPublished();

    clock.shift(Duration.ofSeconds(2));
    tests.arrived(VAN, request.id());

    assertThat(test().state()).isEqualTo(VanTest.State.ARRIVED);
    assertThat(test().took()).isEqualTo(Duration.ofSeconds(2));
  }

  @Test
  void oneThatArrivesBeforeTheBrokerHasAcknowledgedItsRequestHasArrived() {
    tests.ask(OFFICER);
    TestRequest request = tests.unsent().get(0);
    tests.publishing(request);

    tests.arrived(VAN, request.id());
    tests.sent(request);

    assertThat(test().state()).isEqualTo(VanTest.State.ARRIVED);
  }

  @Test
  void oneThatTheBrokerTakesLateIsAwaitedAgain() {
    tests.ask(OFFICER);
    TestRequest request = tests.unsent().get(0);
    tests.publishing(request);
    pass(10);

    tests.sent(request);
    tests.arrived(VAN, request.id());

    assertThat(test().state()).isEqualTo(VanTest.State.ARRIVED);
    assertThat(test().took()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void anAnswerToAnEarlierRequestIsNoQuickAnswerOfAVanThatWasNotAsked() {
    tests.ask(OFFICER);
    UUID earlier = isPublished().id();
    pass(600);
    says("offline");
    tests.ask(OFFICER);

    tests.arrived(VAN, earlier);

    assertThat(test().state()).isEqualTo(VanTest.State.NOT_THERE);
  }

  @Test
  void oneThatArrivesLateSaysHowLateItIs() {
    tests.ask(OFFICER);
    UUID id = isPublished().id();
    pass(600);

    tests.arrived(VAN, id);

    assertThat(test().took()).isEqualTo(Duration.ofMinutes(10));
  }
}
