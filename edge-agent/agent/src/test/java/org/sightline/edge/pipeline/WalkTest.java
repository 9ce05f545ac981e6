package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Walking;

/** Where to somebody walks, as a camera of 1920 pixels across sees it. */
class WalkTest {
  private static final int WIDTH_PX = 1920;

  private final Walk walk = new Walk();

  private @Nullable Walking direction() {
    return walk.direction(WIDTH_PX);
  }

  private void seen(int millis, float centreX, float size) {
    walk.seen(new BoxPx(centreX - size / 2, 300 - size / 2, size, size), Duration.ofMillis(millis));
  }

  @Test
  void somebodySeenOnceWalksNowhere() {
    seen(0, 900, 60);
    assertThat(direction()).isNull();
  }

  @Test
  void somebodyWhoStandsWalksNowhere() {
    for (int i = 0; i < 50; i++) {
      seen(100 * i, 900 + i % 3, 60 + i % 4);
    }
    assertThat(direction()).isNull();
  }

  @Test
  void whoCrossesTheViewWalksToItsEdge() {
    for (int i = 0; i < 10; i++) {
      seen(100 * i, 900 + 20 * i, 60);
    }
    assertThat(direction()).isEqualTo(Walking.RIGHT);
  }

  @Test
  void theOtherWayRoundToo() {
    for (int i = 0; i < 10; i++) {
      seen(100 * i, 900 - 20 * i, 60);
    }
    assertThat(direction()).isEqualTo(Walking.LEFT);
  }

  @Test
  void whoComesNearerWalksTowardsTheCamera() {
    // From 5 m to 3.5 m, off the middle, so that the face also moves outwards in the picture.
    for (int i = 0; i <= 10; i++) {
      float distance = 5 - 0.15f * i;
      seen(100 * i, 960 + 900 / distance, 300 / distance);
    }
    assertThat(direction()).isEqualTo(Walking.TOWARDS);
  }

  @Test
  void whoGoesFurtherWalksAway() {
    for (int i = 0; i <= 10; i++) {
      seen(100 * i, 960, 300 / (3.5f + 0.15f * i));
    }
    assertThat(direction()).isEqualTo(Walking.AWAY);
  }

  @Test
  void whoTurnsRoundWalksWhereTheyWalkNow() {
    for (int i = 0; i <= 60; i++) {
      seen(100 * i, 500 + 15 * i, 60);
    }
    for (int i = 1; i <= 50; i++) {
      seen(6000 + 100 * i, 1400 - 15 * i, 60);
    }
    assertThat(direction()).isEqualTo(Walking.LEFT);
  }
}
