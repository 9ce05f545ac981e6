package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** How long alerts waited, and what they were found to be. */
@Execution(ExecutionMode.CONCURRENT)
class ShiftTest {
  private RunningBoard board;
  private Officer officer;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    board = RunningBoard.in(folder);
    officer = board.officer();
  }

  @AfterEach
  void close() throws Exception {
    board.close();
  }

  private static void assertWait(JsonNode wait, int count, int medianSeconds, int p95Seconds) {
    assertThat(wait.required("count").intValue()).isEqualTo(count);
    assertThat(wait.required("medianMillis").longValue() / 1000)
        .isBetween((long) medianSeconds, medianSeconds + 15L);
    assertThat(wait.required("p95Millis").longValue() / 1000)
        .isBetween((long) p95Seconds, p95Seconds + 15L);
  }

  @Test
  void itsTimesAndOutcomesAreThoseOfItsAlerts() throws Exception {
    for (int i = 1; i <= 3; i++) {
      UUID alert = board.alert("S-" + i);
      board.clock.shift(Duration.ofSeconds(100L * i));
      officer.sees(alert);
      if (i < 3) {
        officer.looks(UUID.randomUUID(), alert);
        officer.claims(alert, false);
        board.clock.shift(Duration.ofSeconds(4));
        officer.judges(alert, i == 1 ? "true" : "false");
      }
    }

    JsonNode shift = officer.json("/api/shift");

    assertThat(shift.required("alerts").intValue()).isEqualTo(3);
    assertWait(shift.required("waits").required("seen"), 3, 200, 300);
    assertWait(shift.required("waits").required("claimed"), 2, 100, 200);
    assertWait(shift.required("waits").required("judged"), 2, 104, 204);
    JsonNode truth = shift.required("outcomes").required(0);
    assertThat(truth.required("outcome").stringValue()).isEqualTo("true");
    assertThat(truth.required("count").intValue()).isOne();
    assertThat(truth.required("of").intValue()).isEqualTo(2);
    assertThat(truth.required("lower95").doubleValue()).isBetween(0.01, 0.02);
    assertThat(truth.required("upper95").doubleValue()).isBetween(0.98, 0.99);
    assertThat(shift.toString()).doesNotContain("S-1");
  }

  @Test
  void whatIsOlderThanALongShiftIsNotOfIt() throws Exception {
    officer.judges(board.alert("S-1"), "true");

    board.clock.shift(Duration.ofHours(13));

    JsonNode shift = board.officer(RunningBoard.SECOND).json("/api/shift");
    assertThat(shift.required("alerts").intValue()).isZero();
    assertThat(shift.required("waits").required("judged").has("medianMillis")).isFalse();
    assertThat(shift.required("outcomes").required(0).has("lower95")).isFalse();
  }
}
