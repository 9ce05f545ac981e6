package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SuspectsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final Suspects suspects = new Suspects(nanos::get);
  private final UUID alert = UUID.randomUUID();

  @Test
  void oneEndAloneMakesNoAlertGiveWay() {
    suspects.ended(alert);

    assertThat(suspects.givesWay(alert)).isFalse();
  }

  @Test
  void theSecondEndDoes() {
    suspects.ended(alert);
    suspects.ended(alert);

    assertThat(suspects.givesWay(alert)).isTrue();
    assertThat(suspects.givesWay(UUID.randomUUID())).isFalse();
  }

  @Test
  void itIsTriedAgainEverMoreRarelyButWithinFiveMinutes() {
    suspects.ended(alert);
    suspects.ended(alert);
    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    assertThat(suspects.due(alert)).isTrue();

    suspects.ended(alert);
    nanos.addAndGet(Duration.ofSeconds(4).toNanos());
    assertThat(suspects.due(alert)).isFalse();

    for (int i = 0; i < 100; i++) {
      suspects.ended(alert);
    }
    nanos.addAndGet(Duration.ofMinutes(5).toNanos());
    assertThat(suspects.due(alert)).isTrue();
  }

  @Test
  void anAnswerClearsIt() {
    suspects.ended(alert);
    suspects.ended(alert);

    suspects.clear(alert);

    assertThat(suspects.givesWay(alert)).isFalse();
  }
}
