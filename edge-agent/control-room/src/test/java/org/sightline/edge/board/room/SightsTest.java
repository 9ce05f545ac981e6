package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.Walking;
import org.sightline.edge.publish.SightingMessage;

/** What a board knows of who is in view, whatever its clock and its van's clock show. */
class SightsTest {
  private static final UUID ALERT = UUID.randomUUID();
  private static final Instant VAN_TIME = Instant.parse("2026-11-28T09:00:00Z");
  private static final Instant NOW = Instant.parse("2026-11-28T11:30:00Z");

  private final Sights sights = new Sights();

  private static SightingMessage said(boolean inView, int seenSecond, int publishedSecond) {
    return new SightingMessage(
        new AlertSighting(ALERT, VAN_TIME.plusSeconds(seenSecond), inView, Walking.LEFT),
        VAN_TIME.plusSeconds(publishedSecond));
  }

  private Optional<Sight> takes(SightingMessage message) {
    return sights.take(message, SightingMessage.expiry(message.sighting().inView()), NOW);
  }

  @Test
  void thatSomebodyIsInViewIsKnownFromWhenItIsHeard() {
    assertThat(takes(said(true, 0, 0)))
        .hasValueSatisfying(
            sight -> {
              assertThat(sight.inView()).isTrue();
              assertThat(sight.heard()).isEqualTo(NOW);
              assertThat(sight.walking()).isEqualTo(Walking.LEFT);
            });
  }

  @Test
  void whenSomebodyWasLastSeenIsByThisBoardsClock() {
    assertThat(takes(said(false, 0, 2))).map(Sight::lastSeen).hasValue(NOW.minusSeconds(2));
  }

  @Test
  void whatWasSpentAtTheBrokerIsNotForgotten() {
    Duration left = SightingMessage.expiry(false).minusSeconds(60);
    assertThat(sights.take(said(false, 0, 2), left, NOW))
        .map(Sight::lastSeen)
        .hasValue(NOW.minusSeconds(62));
  }

  @Test
  void whatIsSentAgainSaysNothingNew() {
    takes(said(true, 4, 4));
    assertThat(takes(said(true, 4, 4))).isEmpty();
    assertThat(takes(said(true, 0, 0))).isEmpty();
  }

  @Test
  void whoIsNoLongerInViewIsNeverSaidToBeSoAgain() {
    takes(said(false, 4, 5));
    assertThat(takes(said(true, 8, 8))).isEmpty();
  }

  @Test
  void nothingIsKnownOfAnAlertThatIsForgotten() {
    takes(said(true, 4, 4));
    sights.forget(ALERT);
    assertThat(sights.all()).isEmpty();
  }
}
