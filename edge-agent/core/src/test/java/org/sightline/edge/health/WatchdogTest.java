package org.sightline.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class WatchdogTest {
  private static final Duration ALLOWED = Duration.ofSeconds(10);

  /** Starts just before the counter of nanoseconds wraps, as {@link System#nanoTime} may. */
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 5);

  @TempDir Path folder;
  private ServiceManager systemd;
  private SystemdNotifier notifier;
  private Watchdog watchdog;

  @BeforeEach
  void start() throws Exception {
    Path socket = folder.resolve("notify");
    systemd = new ServiceManager(AFUNIXSocketAddress.of(socket));
    notifier =
        SystemdNotifier.of(Map.of("NOTIFY_SOCKET", socket.toString(), "WATCHDOG_USEC", "20000"));
    watchdog = new Watchdog(notifier, nanos::get);
  }

  @AfterEach
  void stop() {
    watchdog.close();
    notifier.close();
    systemd.close();
  }

  @Test
  void pingsWhileEveryLoopBeatsInTime() throws Exception {
    Progress mast = watchdog.expect("camera mast-1", ALLOWED);
    pass(ALLOWED);
    mast.beat();
    pass(ALLOWED);

    watchdog.round();

    assertThat(systemd.pending()).containsExactly("WATCHDOG=1");
  }

  @Test
  void doesNotPingWhenOneOfTwoLoopsIsOverdue() throws Exception {
    watchdog.expect("camera mast-1", ALLOWED);
    Progress roof = watchdog.expect("camera roof", ALLOWED);
    pass(ALLOWED.plusNanos(1));
    roof.beat();

    watchdog.round();

    assertThat(systemd.pending()).containsExactly("STATUS=no progress: camera mast-1");
  }

  @Test
  void aLoopThatNeverBeatsIsOverdueToo() {
    watchdog.expect("camera mast-1", ALLOWED);
    pass(ALLOWED.plusNanos(1));

    assertThat(watchdog.stalled()).containsExactly("camera mast-1");
  }

  @Test
  void saysOnlyOnceThatALoopIsOverdue() throws Exception {
    watchdog.expect("camera mast-1", ALLOWED);
    pass(ALLOWED.plusNanos(1));

    watchdog.round();
    watchdog.round();

    assertThat(systemd.pending()).hasSize(1);
  }

  @Test
  void pingsAgainWhenTheLoopContinues() throws Exception {
    Progress mast = watchdog.expect("camera mast-1", ALLOWED);
    pass(ALLOWED.plusNanos(1));
    watchdog.round();
    mast.beat();
    watchdog.round();

    assertThat(systemd.pending())
        .containsExactly("STATUS=no progress: camera mast-1", "WATCHDOG=1", "STATUS=running");
  }

  @Test
  void aLoopThatEndedInGoodOrderIsNotWaitedFor() {
    watchdog.expect("camera mast-1", ALLOWED).close();
    pass(ALLOWED.plusNanos(1));

    assertThat(watchdog.stalled()).isEmpty();
  }

  @Test
  void pingsByItselfOnceStarted() throws Exception {
    watchdog.start();

    assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
    assertThat(systemd.next()).isEqualTo("WATCHDOG=1");
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }
}
