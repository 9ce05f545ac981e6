package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.domain.VanId;
import tools.jackson.databind.JsonNode;

/** A van whose deployment is paused is there, and says that it sees nobody. */
@Execution(ExecutionMode.CONCURRENT)
class PausedVanTest {
  private static final VanId VAN = new VanId("van-7");
  private static final String GOING_ON =
      """
      {"van":"van-7","state":"online","since":"2026-11-24T10:00:00Z",
       "at":"2026-11-24T10:40:00Z","version":"0.1.0","queued":3,"auditHead":"0:%s"}
      """
          .formatted("0".repeat(64));
  private static final String PAUSED =
      GOING_ON.replace(
          "\"queued\"",
          "\"paused\":{\"since\":\"2026-11-24T10:28:00Z\",\"reason\":\"officers-away\"},"
              + "\"queued\"");

  @AutoClose private RunningBoard room;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private Events watch() throws Exception {
    Events events = room.officer().watch();
    events.next("snapshot");
    return events;
  }

  @Test
  void itIsOnlineWithTheReasonAndForHowLongByTheVansOwnClock() throws Exception {
    try (Events events = watch()) {
      room.status(VAN, PAUSED);

      JsonNode van = events.next("van");
      assertThat(van.required("state").stringValue()).isEqualTo("online");
      assertThat(van.required("paused").required("reason").stringValue())
          .isEqualTo("officers-away");
      assertThat(van.required("paused").required("sinceMillis").longValue())
          .isBetween(Duration.ofMinutes(12).toMillis(), Duration.ofMinutes(13).toMillis());
    }
  }

  @Test
  void itGoesOnWhenItSaysSo() throws Exception {
    try (Events events = watch()) {
      room.status(VAN, PAUSED);
      events.next("van");

      room.status(VAN, GOING_ON);

      assertThat(events.next("van").has("paused")).isFalse();
    }
  }

  @Test
  void oneThatSaysNothingForNinetySecondsIsSilentLikeAnyOther() throws Exception {
    try (Events events = watch()) {
      room.status(VAN, PAUSED);
      events.next("van");

      room.clock.shift(Duration.ofSeconds(90));

      assertThat(events.next("van").required("state").stringValue()).isEqualTo("silent");
    }
  }

  @Test
  void aReasonThatIsNoWordIsNotShown() throws Exception {
    room.status(VAN, PAUSED.replace("officers-away", "<b>"));

    try (Events events = room.officer().watch()) {
      assertThat(events.next("snapshot").required("vans").size()).isZero();
    }
  }
}
