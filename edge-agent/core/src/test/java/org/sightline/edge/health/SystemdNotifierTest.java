package org.sightline.edge.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.sightline.edge.domain.SightlineException;

class SystemdNotifierTest {
  @TempDir Path folder;

  @Test
  void readinessArrivesAtASocketThatIsAPath() throws Exception {
    Path path = folder.resolve("notify");
    try (ServiceManager systemd = new ServiceManager(AFUNIXSocketAddress.of(path));
        SystemdNotifier notifier = SystemdNotifier.of(Map.of("NOTIFY_SOCKET", path.toString()))) {
      notifier.ready();

      assertThat(systemd.next()).isEqualTo("READY=1");
    }
  }

  @Test
  void readinessArrivesAtASocketOfTheAbstractNamespace() throws Exception {
    String name = "sightline-" + UUID.randomUUID();
    try (ServiceManager systemd =
            new ServiceManager(AFUNIXSocketAddress.inAbstractNamespace(name));
        SystemdNotifier notifier = SystemdNotifier.of(Map.of("NOTIFY_SOCKET", "@" + name))) {
      notifier.ready();

      assertThat(systemd.next()).isEqualTo("READY=1");
    }
  }

  @Test
  void aStatusOfSeveralLinesIsSentAsOne() throws Exception {
    Path path = folder.resolve("notify");
    try (ServiceManager systemd = new ServiceManager(AFUNIXSocketAddress.of(path));
        SystemdNotifier notifier = SystemdNotifier.of(Map.of("NOTIFY_SOCKET", path.toString()))) {
      notifier.status("2 cameras\nWATCHDOG=1");

      assertThat(systemd.next()).isEqualTo("STATUS=2 cameras WATCHDOG=1");
    }
  }

  @Test
  void withoutASocketNothingIsSentAndNothingFails() throws Exception {
    try (SystemdNotifier notifier = SystemdNotifier.of(Map.of())) {
      assertThatCode(
              () -> {
                notifier.ready();
                notifier.status("running");
                notifier.stopping();
              })
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aServiceManagerThatIsGoneDoesNotStopTheAgent() throws Exception {
    String nobody = folder.resolve("nobody").toString();
    try (SystemdNotifier notifier = SystemdNotifier.of(Map.of("NOTIFY_SOCKET", nobody))) {
      assertThatCode(notifier::ready).doesNotThrowAnyException();
    }
  }

  @Test
  void aSocketNameOfAnotherKindIsRefused() {
    assertThatThrownBy(() -> SystemdNotifier.of(Map.of("NOTIFY_SOCKET", "vsock:2:1234")))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("NOTIFY_SOCKET=vsock:2:1234");
  }

  @Test
  void theWatchdogsTimeLimitIsReadInMicroseconds() throws Exception {
    try (SystemdNotifier notifier = SystemdNotifier.of(Map.of("WATCHDOG_USEC", "30000000"))) {
      assertThat(notifier.watchdogTimeout()).contains(Duration.ofSeconds(30));
    }
  }

  @Test
  void aTimeLimitMeantForAnotherProcessIsIgnored() throws Exception {
    Map<String, String> environment = Map.of("WATCHDOG_USEC", "30000000", "WATCHDOG_PID", "1");
    try (SystemdNotifier notifier = SystemdNotifier.of(environment)) {
      assertThat(notifier.watchdogTimeout()).isEmpty();
    }
  }

  @Test
  void aTimeLimitThatIsNoNumberIsRefused() {
    assertThatThrownBy(() -> SystemdNotifier.of(Map.of("WATCHDOG_USEC", "soon")))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("WATCHDOG_USEC=soon");
  }
}
