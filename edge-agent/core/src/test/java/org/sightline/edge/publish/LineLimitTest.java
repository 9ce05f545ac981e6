package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LineLimitTest {
  private final AtomicLong nanos = new AtomicLong();
  private final LineLimit lines = new LineLimit(nanos::get);

  @Test
  void theSameLineIsLoggedOnceAMinuteWithACount() {
    assertThat(lines.due("junk")).contains("junk");
    for (int i = 0; i < 1000; i++) {
      assertThat(lines.due("junk")).isEmpty();
    }

    nanos.addAndGet(Duration.ofMinutes(1).toNanos());

    assertThat(lines.due("junk")).hasValueSatisfying(line -> assertThat(line).contains("1000"));
    assertThat(lines.due("junk")).isEmpty();
  }

  @Test
  void anotherLineDoesNotWaitForIt() {
    lines.due("junk");

    assertThat(lines.due("other")).contains("other");
  }
}
