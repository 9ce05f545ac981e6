package org.sightline.edge.relay;

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
  void asManyEndsAsARestartOfTheBrokerBringsMakeNoAlertGiveWay() {
    end(3);

    assertThat(suspects.givesWay(alert)).isFalse();
  }

  @Test
  void theFourthEndDoes() {
    end(4);

    assertThat(suspects.givesWay(alert)).isTrue();
    assertThat(suspects.givesWay(UUID.randomUUID())).isFalse();
  }

  @Test
  void itIsTriedAgainEverMoreRarelyButWithinFiveMinutes() {
    end(4);
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
    end(4);

    suspects.clear(alert);

    assertThat(suspects.givesWay(alert)).isFalse();
  }

  private void end(int times) {
    for (int i = 0; i < times; i++) {
      suspects.ended(alert);
    }
  }
}
