package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.VanId;

/** A van whose urgent authorisation nobody has confirmed says until when it stands. */
class UrgentVanTest {
  private static final VanId VAN = new VanId("van-7");
  private static final String CONFIRMED =
      """
      {"van":"van-7","state":"online","since":"2026-11-24T10:00:00Z",
       "at":"2026-11-24T10:40:00Z","version":"0.1.0","queued":3,"auditHead":"0:%s"}
      """
          .formatted("0".repeat(64));
  private static final String UNCONFIRMED =
      CONFIRMED.replace("\"queued\"", "\"lapses\":\"2026-11-25T10:00:00Z\",\"queued\"");

  @AutoClose private RunningBoard room;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  @Test
  void thatIsThereUntilItIsConfirmed() throws Exception {
    try (Events events = room.officer().watch()) {
      events.next("snapshot");
      room.status(VAN, UNCONFIRMED);
      assertThat(events.next("van").required("lapses").stringValue())
          .isEqualTo("2026-11-25T10:00:00Z");

      room.status(VAN, CONFIRMED);
      assertThat(events.next("van").has("lapses")).isFalse();
    }
  }
}
