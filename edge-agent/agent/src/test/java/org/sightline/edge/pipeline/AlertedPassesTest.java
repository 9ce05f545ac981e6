package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.track.Sighting;

/** What is said of those who raised an alert, and of nobody else. */
class AlertedPassesTest {
  private static final Instant START = Instant.parse("2026-11-28T09:00:00Z");
  private static final UUID ALERT = UUID.randomUUID();
  private static final long HER_PASS = 1;
  private static final long ANOTHER_PASS = 2;

  private final List<AlertSighting> said = new ArrayList<>();
  private final AlertedPasses passes = new AlertedPasses(said::add);

  private void raise() {
    passes.raised(HER_PASS, ALERT, new Walk(), Duration.ZERO, START, 1920);
  }

  private void seen(long pass, int millis) {
    PointPx point = new PointPx(5, 5);
    Face face =
        new Face(new BoxPx(0, 0, 10, 10), new Landmarks(point, point, point, point, point), 0.9f);
    passes.seen(
        List.of(new Sighting(pass, face)),
        Duration.ofMillis(millis),
        START.plusMillis(millis),
        1920);
  }

  @Test
  void whoHasRaisedAnAlertIsSaidToBeInViewAtOnce() {
    raise();
    assertThat(said).containsExactly(new AlertSighting(ALERT, START, true, null));
  }

  @Test
  void itIsSaidAgainNowAndThenForAsLongAsItIsSo() {
    raise();
    for (int millis = 100; millis <= 20_000; millis += 100) {
      seen(HER_PASS, millis);
    }
    assertThat(said).hasSize(6).allMatch(AlertSighting::inView);
  }

  @Test
  void whenThePassIsOverItIsSaidOnceWhenThePersonWasLastSeen() {
    raise();
    seen(HER_PASS, 700);
    passes.ended(HER_PASS);
    passes.ended(HER_PASS);
    assertThat(said)
        .hasSize(2)
        .last()
        .isEqualTo(new AlertSighting(ALERT, START.plusMillis(700), false, null));
  }

  @Test
  void nothingIsSaidOfAnybodyElse() {
    seen(ANOTHER_PASS, 100);
    passes.ended(ANOTHER_PASS);
    raise();
    said.clear();
    seen(ANOTHER_PASS, 60_000);
    assertThat(said).isEmpty();
  }

  @Test
  void nothingIsSaidOfSomebodyNotSeenForAWhile() {
    raise();
    said.clear();
    passes.seen(List.of(), Duration.ofSeconds(60), START.plusSeconds(60), 1920);
    assertThat(said).isEmpty();
  }

  @Test
  void whoStaysForLongerThanAnAlertCountsIsNotFollowedAnyMore() {
    raise();
    int longest = (int) AlertedPasses.LONGEST.toMillis();
    seen(HER_PASS, longest + 1);
    said.clear();
    seen(HER_PASS, longest + 60_000);
    passes.ended(HER_PASS);
    assertThat(said).isEmpty();
  }

  @Test
  void aClosedCameraSaysNothingOfWhoIsInView() {
    raise();
    said.clear();
    passes.forget();
    passes.ended(HER_PASS);
    assertThat(said).isEmpty();
  }
}
