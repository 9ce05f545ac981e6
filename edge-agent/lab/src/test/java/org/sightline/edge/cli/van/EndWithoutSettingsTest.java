package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sightline.edge.app.Agent;
import org.sightline.edge.app.AgentObserver;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentState;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.deployment.EndReason;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.Impatience;
import org.sightline.edge.testing.TestClips;

/** The end of a deployment whose settings or keys have become wrong since it was opened. */
class EndWithoutSettingsTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir private Path folder;
  private Exercise exercise;
  private Path settings;
  private String right;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void openADeployment() throws Exception {
    exercise = Exercise.ofNobody(folder);
    Path clip = TestClips.of(320, 240, 5).h264(folder.resolve("clip.mp4"), 5);
    settings =
        exercise.opened(
            URI.create("mqtt://127.0.0.1:1"),
            "cameras: [{id: mast-1, source: \"%s\", loop: true}]".formatted(clip));
    right = Files.readString(settings);
  }

  private int deployment(String... command) {
    return Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.of(List.of("deployment"), List.of(command), List.of("--config", settings.toString()))
            .flatMap(List::stream)
            .toArray(String[]::new));
  }

  private int close() {
    return deployment("close", "--by", "1234");
  }

  private void makeWrong(String part, String wrong) throws IOException {
    assertThat(right).contains(part);
    Files.writeString(settings, right.replace(part, wrong));
  }

  private void removeTheKey() throws IOException {
    makeWrong("device.key", "gone.key");
  }

  private void correct() throws IOException {
    Files.writeString(settings, right);
  }

  private void letTheEndCome() throws Exception {
    try (Device box =
        Device.open(
            AgentSettings.read(settings), Clock.offset(Clock.systemUTC(), Duration.ofDays(1)))) {
      box.clock().remember();
    }
  }

  private DeploymentStatus status() throws Exception {
    try (Device box = Device.open(AgentSettings.read(settings), Clock.systemUTC())) {
      return box.deployments().all().get(0);
    }
  }

  private Path lists() {
    return exercise.data().resolve("lists");
  }

  /** A key that cannot be removed, for any user. */
  private void blockTheKey() throws IOException {
    try (Stream<Path> files = Files.list(lists())) {
      Path key = files.filter(file -> file.toString().endsWith(".key")).findFirst().orElseThrow();
      Files.delete(key);
      Files.createDirectories(key.resolve("obstacle"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "cameras:, camera:, unknown key 'camera'",
    "van:, vann:, unknown key 'vann'",
    "id: mast-1, id: [], is missing or of the wrong kind",
    "'loop: true}]', 'loop: true}', not valid YAML",
    "modelPack: builtin, modelPack: nosuch, there is no such model pack",
    "authority.public, gone.public, there is no such file",
    "device.key, gone.key, there is no such file"
  })
  void theTimerDestroysTheListAtItsEndAndSaysWhatIsWrong(String part, String wrong, String cause)
      throws Exception {
    letTheEndCome();
    makeWrong(part, wrong);

    assertThat(deployment("tidy")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(lists()).isEmptyDirectory();
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("exercise-1 is over and its list is destroyed", cause);
  }

  @Test
  void theTimerLeavesAnOpenDeploymentAlone() throws Exception {
    removeTheKey();

    assertThat(deployment("tidy")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(lists()).isNotEmptyDirectory();
    assertThat(err.toString().strip()).hasLineCount(1).contains("there is no such file");
    correct();
    assertThat(status().state()).isEqualTo(DeploymentState.OPEN);
  }

  @Test
  void theTimerSaysThatNoRevocationTakesEffectMeanwhile() throws Exception {
    removeTheKey();

    deployment("tidy");

    assertThat(err.toString()).contains("until then", "no revocation takes effect");
  }

  @Test
  void soDoesAnAgentThatCannotStart() throws Exception {
    makeWrong("van:", "vann:");

    Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        "run",
        "--config",
        settings.toString());

    assertThat(err.toString()).contains("unknown key 'vann'", "no revocation takes effect");
  }

  @Test
  void theTimerLeavesItToARunningAgent() throws Exception {
    letTheEndCome();
    removeTheKey();
    DataFolderLock agent = DataFolderLock.take(exercise.data(), Duration.ZERO);
    try (agent) {
      assertThat(deployment("tidy")).isZero();
    }
    assertThat(lists()).isNotEmptyDirectory();
  }

  @Test
  void whatHasExpiredIsDeletedAllTheSame() throws Exception {
    Instant now = Instant.now();
    DeploymentId open = status().deployment();
    try (Device box = Device.open(AgentSettings.read(settings), Clock.systemUTC())) {
      Outbox outbox = new Outbox(box.database(), box.keys().storage());
      box.database()
          .write(
              tx ->
                  outbox.enqueue(
                      tx,
                      new KnownAlert(UUID.randomUUID(), open, now, false),
                      new CameraId("mast-1"),
                      new byte[100],
                      now));
    }
    removeTheKey();

    deployment("tidy");

    assertThat(out.toString()).contains("alerts: 1 deleted");
  }

  @Test
  void aListThatCannotBeDestroyedIsAnAlarm() throws Exception {
    letTheEndCome();
    blockTheKey();
    removeTheKey();

    assertThat(deployment("tidy")).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("could not be destroyed", "there is no such file");
    correct();
    assertThat(status().state()).isEqualTo(DeploymentState.ALARM);
  }

  @Test
  void theReceiptIsMadeUpWhenTheSettingsAreRightAgain() throws Exception {
    letTheEndCome();
    removeTheKey();
    deployment("tidy");
    correct();

    assertThat(deployment("tidy")).isZero();

    assertThat(status().state()).isEqualTo(DeploymentState.DESTROYED);
    assertThat(status().end().reason()).isEqualTo(EndReason.END_REACHED);
    assertThat(exercise.list()).doesNotExist();
    assertThat(deployment("receipt", "--deployment", "exercise-1")).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "cameras:, camera:, unknown key 'camera'",
    "modelPack: builtin, modelPack: nosuch, there is no such model pack",
    "authority.public, gone.public, there is no such file",
    "device.key, gone.key, there is no such file"
  })
  void closingDestroysTheListAndSaysWhatIsWrong(String part, String wrong, String cause)
      throws Exception {
    makeWrong(part, wrong);

    assertThat(close()).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(lists()).isEmptyDirectory();
    assertThat(err.toString().strip())
        .hasLineCount(1)
        .contains("exercise-1 is closed and its list is destroyed", cause)
        .doesNotContain("CAMERAS");
  }

  @Test
  void closingStopsTheCaptureOfARunningAgent() throws Exception {
    Thread officer = new Thread(this::close);
    try (Agent agent =
        Agent.start(
            AgentSettings.read(settings), Clock.systemUTC(), AgentObserver.NONE, () -> {})) {
      await().atMost(SOON).until(() -> agent.counters().frames().processed() > 0);
      removeTheKey();
      officer.start();
      assertThat(agent.awaitEnd(Duration.ofSeconds(10))).isTrue();
    }
    officer.join();
    correct();
    assertThat(status().state()).isEqualTo(DeploymentState.DESTROYED);
    assertThat(status().end().by()).isEqualTo("officer:1234");
  }

  @Test
  void closingSaysThatCamerasMayBeOpenWhereAnAgentDoesNotEnd() throws Exception {
    removeTheKey();
    DataFolderLock agent = DataFolderLock.take(exercise.data(), Duration.ZERO);
    try (agent) {
      assertThat(Impatience.of(agent, this::close)).isEqualTo(Sightline.EXIT_UNUSABLE);
    }
    assertThat(err.toString())
        .contains("exercise-1 is over, but THE CAMERAS MAY STILL BE OPEN", "systemctl stop");
  }

  @Test
  void whatWasClosedSoIsOverInACopyOfTheDataFolderFromBefore() throws Exception {
    Path before = folder.resolve("before");
    copy(exercise.data(), before);
    removeTheKey();
    close();
    correct();
    deployment("tidy");
    Files.move(exercise.data(), folder.resolve("after"));
    Files.move(before, exercise.data());

    assertThat(status().state()).isEqualTo(DeploymentState.ENDED);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file)));
      }
    }
  }
}
