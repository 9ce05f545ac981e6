package org.sightline.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/** What systemd hears of a service whose start takes long. */
class LongStartTest {
  private static final String A_MINUTE = "EXTEND_TIMEOUT_USEC=60000000";
  private static final String THIRTY_MILLIS = "EXTEND_TIMEOUT_USEC=30000";

  @AutoClose private ServiceManager systemd;
  @AutoClose private SystemdNotifier notifier;

  @BeforeEach
  void listen(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("notify");
    systemd = new ServiceManager(AFUNIXSocketAddress.of(path));
    notifier = SystemdNotifier.of(Map.of("NOTIFY_SOCKET", path.toString()));
  }

  @Test
  void systemdIsAskedAtOnceForMoreThanTheTimeUntilItIsAskedAgain() throws Exception {
    try (LongStart start = LongStart.of(notifier)) {
      assertThat(start).isNotNull();
      assertThat(systemd.next()).isEqualTo(A_MINUTE);
    }
  }

  @Test
  void itIsAskedAgainAndNotForEver() throws Exception {
    try (LongStart start = LongStart.of(notifier, Duration.ofMillis(10), 3)) {
      assertThat(start).isNotNull();
      for (int i = 0; i < 3; i++) {
        assertThat(systemd.next()).isEqualTo(THIRTY_MILLIS);
      }
      assertThat(systemd.pending()).isEmpty();
    }
  }

  @Test
  void onceItHasStartedItIsNotAskedAnyMore() throws Exception {
    LongStart start = LongStart.of(notifier, Duration.ofMillis(10), 1_000_000);
    systemd.next();
    start.close();
    systemd.pending();

    assertThat(systemd.pending()).isEmpty();
  }
}
