package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.deployment.DeploymentState;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.deployment.EndReason;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.HangingDisk;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.Pipe;
import org.sightline.edge.testing.SteppedClock;
import org.sightline.edge.testing.TestClips;
import org.sightline.testkit.LoopbackBroker;

/** When cameras are opened and closed; the agent is real, only the wall clock is made. */
@Execution(ExecutionMode.CONCURRENT)
class CaptureGuardTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /** Nobody listens there. */
  private static final URI BROKER = URI.create("mqtt://127.0.0.1:1");

  private final SteppedClock clock = new SteppedClock(Instant.now());

  @TempDir private Path folder;
  private Exercise exercise;
  private String camera;

  @BeforeEach
  void prepare() throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    exercise = Exercise.in(folder.resolve("exercise"), pack, List.of(somebody()));
    Path clip = TestClips.of(320, 240, 5).h264(folder.resolve("clip.mp4"), 5);
    camera = "cameras: [{id: mast-1, source: \"%s\", loop: true}]".formatted(clip);
  }

  private static WatchlistEntry somebody() {
    float[] values = new float[64];
    values[0] = 1;
    return new WatchlistEntry(
        new SubjectRef("S-0001"),
        "exercise",
        List.of(Template.normalised("builtin", values)),
        new Jpeg(new byte[] {1}));
  }

  private Agent start(AgentSettings settings) throws Exception {
    return Agent.start(settings, clock, AgentObserver.NONE, () -> {});
  }

  private static LoopbackBroker startedBroker() throws Exception {
    LoopbackBroker broker = Mosquitto.open();
    broker.start();
    return broker;
  }

  private AgentSettings opened() throws Exception {
    return AgentSettings.read(exercise.opened(BROKER, camera));
  }

  private static void awaitCapture(Agent agent) {
    await().atMost(SOON).until(() -> agent.counters().frames().processed() > 0);
  }

  private static void isOver(Agent agent) throws Exception {
    assertThat(agent.awaitEnd(SOON)).isTrue();
    long read = agent.counters().frames().read();
    await().during(Duration.ofMillis(500)).until(() -> agent.counters().frames().read() == read);
  }

  private DeploymentStatus status(AgentSettings settings) throws Exception {
    try (Device box = Device.open(settings, clock)) {
      return box.deployments().all().get(0);
    }
  }

  @Test
  void captureEndsByItselfWithTheAuthorisation() throws Exception {
    Instant end = clock.instant().plusSeconds(3600);
    exercise.permission().between(clock.instant().minusSeconds(60), end).write();
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      clock.set(end);
      isOver(agent);
    }
  }

  @Test
  void theEndIsKeptThoughTheDiskHangs() throws Exception {
    Instant end = clock.instant().plusSeconds(3600);
    exercise.permission().between(clock.instant().minusSeconds(60), end).write();
    try (HangingDisk disk = HangingDisk.on(exercise.data(), folder.resolve("disk"))) {
      try (Agent agent = start(opened())) {
        awaitCapture(agent);
        disk.hang();
        await().atMost(SOON).until(() -> agent.stalled().contains("capture guard"));
        clock.set(end);
        try {
          isOver(agent);
        } finally {
          disk.answerAgain();
        }
      }
    }
  }

  @Test
  void aPipeInPlaceOfTheRevocationKeepsNobodyFromClosing() throws Exception {
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      Pipe.at(settings.deployment().revocation());
      try (Device box = Device.open(settings, clock)) {
        box.settle();
        box.deployments().close(Actor.officer("1234"));
      }
      isOver(agent);
    }
  }

  @Test
  void theListIsDestroyedAtTheEnd() throws Exception {
    Instant end = clock.instant().plusSeconds(3600);
    exercise.permission().between(clock.instant().minusSeconds(60), end).write();
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      clock.set(end);
      isOver(agent);
    }
    assertThat(status(settings).state()).isEqualTo(DeploymentState.DESTROYED);
    assertThat(exercise.list()).doesNotExist();
    assertThat(exercise.data().resolve("lists")).isEmptyDirectory();
  }

  @Test
  void captureBeginsAtTheStartAndNotBefore() throws Exception {
    Instant start = clock.instant().plusSeconds(600);
    exercise.permission().between(start, start.plusSeconds(600)).write();
    try (Agent agent = start(opened())) {
      await().during(Duration.ofMillis(800)).until(() -> !agent.capturing());
      assertThat(agent.counters().frames().read()).isZero();
      clock.set(start);
      awaitCapture(agent);
    }
  }

  @Test
  void anAuthorisationThatNoLongerStandsAtTheStartOpensNoCamera() throws Exception {
    Instant start = clock.instant().plusSeconds(600);
    exercise.permission().between(start, start.plusSeconds(600)).write();
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      Files.delete(exercise.authorisation());
      clock.set(start);
      isOver(agent);
    }
    try (Device box = Device.open(settings, clock)) {
      assertThat(logOf(box)).noneMatch(line -> line.contains("capture-started"));
    }
  }

  @Test
  void aWallClockSetBackDoesNotExtendCapture() throws Exception {
    Instant end = Instant.now().plusSeconds(3600);
    exercise.permission().between(end.minusSeconds(7200), end).write();
    AgentSettings settings = opened();
    SteppedClock running = new SteppedClock(Clock.systemUTC());
    // Long enough for a busy machine to begin, and it does end.
    running.shift(Duration.between(Instant.now(), end.minusSeconds(15)));
    try (Agent agent = Agent.start(settings, running, AgentObserver.NONE, () -> {})) {
      awaitCapture(agent);
      running.shift(Duration.ofHours(-2));
      isOver(agent);
    }
  }

  @Test
  void aCloseByAnotherProcessEndsCapture() throws Exception {
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      try (Device other = Device.open(settings, clock)) {
        other.deployments().close(Actor.officer("1234"));
      }
      isOver(agent);
    }
    assertThat(status(settings).end().by()).isEqualTo("officer:1234");
  }

  @Test
  void aRevocationThatArrivesAsAFileEndsCapture() throws Exception {
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      Files.write(settings.deployment().revocation(), exercise.revocation());
      isOver(agent);
    }
    assertThat(status(settings).state()).isEqualTo(DeploymentState.DESTROYED);
  }

  @Test
  void aRevocationThatLiesThereAtTheStartLetsNoCameraBeOpened() throws Exception {
    AgentSettings settings = opened();
    Files.write(settings.deployment().revocation(), exercise.revocation());
    assertThatThrownBy(() -> start(settings))
        .hasMessageContaining("the deployment has ended and its list was destroyed");
  }

  @Test
  void aRevocationThatArrivesAsAMessageEndsCapture() throws Exception {
    try (LoopbackBroker broker = startedBroker();
        BrokerTap authority = BrokerTap.on(broker)) {
      AgentSettings settings = AgentSettings.read(exercise.opened(broker.uri(), camera));
      try (Agent agent = start(settings)) {
        awaitCapture(agent);
        authority.retain("sightline/v1/van-1/revocations", exercise.revocation());
        isOver(agent);
      }
      assertThat(status(settings).end().reason()).isEqualTo(EndReason.REVOKED);
    }
  }

  @Test
  void aRevocationSentWhileTheVanWasAwayEndsCapture() throws Exception {
    try (LoopbackBroker broker = startedBroker();
        BrokerTap authority = BrokerTap.on(broker)) {
      authority.retain("sightline/v1/van-1/revocations", exercise.revocation());
      AgentSettings settings = AgentSettings.read(exercise.opened(broker.uri(), camera));
      try (Agent agent = start(settings)) {
        isOver(agent);
      }
    }
  }

  @Test
  void aListThatCannotBeDestroyedIsAnAlarmInTheStatus() throws Exception {
    try (LoopbackBroker broker = startedBroker();
        BrokerTap controlRoom = BrokerTap.on(broker)) {
      AgentSettings settings = AgentSettings.read(exercise.opened(broker.uri(), camera));
      try (Agent agent = start(settings)) {
        awaitCapture(agent);
        blockTheKey();
        Files.write(settings.deployment().revocation(), exercise.revocation());
        isOver(agent);
      }
      await()
          .atMost(SOON)
          .until(
              () ->
                  controlRoom.on("sightline/v1/van-1/status").stream()
                      .anyMatch(
                          status ->
                              status.text().contains("offline")
                                  && status.text().contains("destruction-failed")));
    }
  }

  /** In place of the key's file stands a folder, which cannot be overwritten. */
  private void blockTheKey() throws Exception {
    try (Stream<Path> files = Files.list(exercise.data().resolve("lists"))) {
      Path key = files.filter(file -> file.toString().endsWith(".key")).findFirst().orElseThrow();
      Files.delete(key);
      Files.createDirectory(key);
    }
  }

  @Test
  void aRevocationByAStrangerIsIgnored() throws Exception {
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      Files.write(
          settings.deployment().revocation(), exercise.revocationBy(AuthorityKey.generate()));
      await().during(Duration.ofSeconds(1)).until(agent::capturing);
    }
  }

  @Test
  void aRevocationLongerThanAnyDocumentIsIgnored() throws Exception {
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      Files.write(settings.deployment().revocation(), new byte[1 << 20]);
      await().during(Duration.ofSeconds(1)).until(agent::capturing);
    }
  }

  @Test
  void captureEndsWhenTheAuthorisationIsTakenAway() throws Exception {
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      Files.delete(exercise.authorisation());
      isOver(agent);
    }
    assertThat(status(settings).state()).isEqualTo(DeploymentState.OPEN);
  }

  /** As without a descriptor left, or on a disk that fails: nobody has taken it away. */
  @Test
  void captureEndsAsAFailureWhenTheAuthorisationIsThereAndCannotBeRead() throws Exception {
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      Path unreadable = Files.createSymbolicLink(folder.resolve("unreadable"), folder);
      Files.move(unreadable, exercise.authorisation(), StandardCopyOption.ATOMIC_MOVE);

      assertThatThrownBy(() -> agent.awaitEnd(SOON))
          .isInstanceOfSatisfying(
              SightlineException.class, e -> assertThat(e.kind()).isEqualTo(ErrorKind.TEMPORARY));
    }
  }

  @Test
  void captureEndsAsAFailureWhenItsPermissionCannotBeVerified() throws Exception {
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
      try (Device other = Device.open(settings, clock)) {
        other.database().update("DROP TABLE deployment_life");
      }
      assertThatThrownBy(() -> agent.awaitEnd(SOON))
          .isInstanceOf(SightlineException.class)
          .hasMessageContaining("could not verify that capture is still authorised");
    }
  }

  @Test
  void theLogRecordsWhenCamerasWereOpenedAndClosed() throws Exception {
    AgentSettings settings = opened();
    try (Agent agent = start(settings)) {
      awaitCapture(agent);
    }
    try (Device box = Device.open(settings, clock)) {
      List<String> lines = logOf(box);
      assertThat(lines).anyMatch(line -> line.contains("capture-started"));
      assertThat(lines.get(lines.size() - 1)).contains("capture-stopped");
    }
  }

  private static List<String> logOf(Device box) throws Exception {
    return box.database()
        .query(
            "SELECT CAST(line AS TEXT) AS line FROM audit_record ORDER BY sequence",
            row -> row.text("line"));
  }
}
